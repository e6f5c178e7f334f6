import JSON
import Monitoring
import Statistics

/// How accuracy differs from the reference's or an earlier window's, split into changed mix and changed behaviour.
struct LossSection {
    /// The split over the segments of one combination, or over the bins of the score.
    struct Split {
        /// The features; empty for bins of the score.
        let combination: [ByteText]
        let decomposition: RateDecomposition
    }

    private let task: ModelSchema.Task
    private let against: Time?
    private let referenceName: String?
    private let whole: RateDecomposition?
    private var splits: [Split] = []
    private var score: Split?

    /// The group of the rows that are in no segment.
    static let outside: ByteText = ""

    init(
        _ question: WindowQuestion, _ summary: WindowSummary, by combinations: [[ByteText]], against: Time?
    ) async throws {
        task = summary.schema.task
        self.against = against
        referenceName = summary.reference?.name.string
        guard task.isClassification else {
            whole = nil
            return
        }
        let outcomes = ColumnSelection(columns: [], outcomes: question.view.isKnownAtEnd ? .known : .all)
        let earlier: WindowSummary? =
            if let against {
                try await question.summary(of: question.view.slice, columns: outcomes, endingAt: against)
            } else {
                nil
            }
        let before = against == nil ? summary.referenceHits : earlier?.hits
        whole = before.flatMap { RateDecomposition([.init(name: "", before: $0, after: summary.hits)]) }
        guard let before, whole != nil else { return }
        if let old = against == nil ? summary.referenceScoreBins : earlier?.scoreBins, let new = summary.scoreBins {
            score = Self.split(old, new)
        }
        for combination in combinations {
            let groups = try await Self.groups(
                question, combination, (before: before, after: summary.hits), against: against, outcomes)
            if let split = RateDecomposition(groups) {
                splits.append(Split(combination: combination, decomposition: split))
            }
        }
    }

    /// The segments of a combination, and the rows outside of all as one more group.
    private static func groups(
        _ question: WindowQuestion, _ combination: [ByteText],
        _ all: (before: (hits: Int, count: Int), after: (hits: Int, count: Int)), against: Time?,
        _ columns: ColumnSelection
    ) async throws -> [RateDecomposition.Group] {
        var groups: [RateDecomposition.Group] = []
        var rest = all
        for segment in await question.model.windows.segments(of: combination) {
            let slice = Slice(segment: segment.text)
            let summary = try await question.summary(of: slice, columns: columns)
            var before = summary.referenceHits ?? (0, 0)
            if let against { before = try await question.summary(of: slice, columns: columns, endingAt: against).hits }
            let after = summary.hits
            groups.append(.init(name: segment.text, before: before, after: after))
            rest.before = (rest.before.hits - before.hits, rest.before.count - before.count)
            rest.after = (rest.after.hits - after.hits, rest.after.count - after.count)
        }
        if rest.before.count > 0 || rest.after.count > 0 {
            groups.append(.init(name: outside, before: rest.before, after: rest.after))
        }
        return groups
    }

    private static func split(_ old: ScoreBinHits, _ new: ScoreBinHits) -> Split? {
        let groups = zip(old.bins, new.bins).map { before, after in
            RateDecomposition.Group(
                name: ByteText("score \(before.low) to \(before.high)"), before: (before.hits, before.count),
                after: (after.hits, after.count))
        }
        return RateDecomposition(groups).map { Split(combination: [], decomposition: $0) }
    }

    func write(to object: inout JSONWriter) {
        guard let whole else {
            return object.object("performance") { part in
                part.member("measure", JSONNode.null)
                part.member("reason", reason)
            }
        }
        object.object("performance") { part in
            part.member("measure", Measure.accuracy.rawValue)
            part.member("against", against?.rfc3339 ?? referenceName)
            part.member("before", whole.before)
            part.member("after", whole.after)
            part.member("difference", whole.difference)
            part.member("interval", whole.interval)
            part.member("reading", LossReading(whole: whole, splits: splits).sentence)
            part.array("by_segment") { array in
                for split in splits { array.object { Self.write(split, to: &$0) } }
            }
            if let score {
                part.object("by_score") { Self.write(score, to: &$0) }
            } else {
                part.member("by_score", JSONNode.null)
            }
        }
    }

    private var reason: String {
        guard task.isClassification else { return "accuracy is split for models that predict classes" }
        return against == nil
            ? "the window or the reference has no labelled rows" : "one of the two windows has no labelled rows"
    }

    private static func write(_ split: Split, to object: inout JSONWriter) {
        let sum = split.decomposition
        object.member("by", split.combination.isEmpty ? ["score"] : split.combination.map(\.string))
        object.member("mix", sum.mix)
        object.member("mix_interval", sum.mixInterval)
        object.member("behaviour", sum.behaviour)
        object.member("behaviour_interval", sum.behaviourInterval)
        object.array("parts") { array in
            for part in sum.parts {
                array.object { entry in
                    entry.member("group", part.group.name == outside ? nil : part.group.name.string)
                    entry.member("before_hits", part.group.beforeHits)
                    entry.member("before_count", part.group.beforeCount)
                    entry.member("after_hits", part.group.afterHits)
                    entry.member("after_count", part.group.afterCount)
                    entry.member("mix", part.mix)
                    entry.member("behaviour", part.behaviour)
                    entry.member("behaviour_interval", part.behaviourInterval)
                }
            }
        }
    }
}

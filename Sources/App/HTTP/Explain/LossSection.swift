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
    /// Why there is no split by the score.
    private var scoreGap = NullReason.noScores

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
        let before = against == nil ? summary.referenceLabelled?.hits : earlier?.labelled.hits
        let after = summary.labelled.hits
        whole = before.flatMap { RateDecomposition([.init(name: "", before: $0, after: after)]) }
        guard let before, whole != nil else { return }
        if let old = against == nil ? summary.referenceScoreBins : earlier?.scoreBins, let new = summary.scoreBins {
            score = Self.split(old, new)
        }
        scoreGap = summary.scoreBinsGap(against: earlier)
        for combination in combinations {
            let groups = try await Self.groups(question, combination, (before, after), against: against, outcomes)
            if let split = RateDecomposition(groups) {
                splits.append(Split(combination: combination, decomposition: split))
            }
        }
    }

    /// The segments of a combination, and the rows outside of all as one more group; a weight is worth as much as in all rows.
    private static func groups(
        _ question: WindowQuestion, _ combination: [ByteText], _ all: (before: WeightedShare, after: WeightedShare),
        against: Time?, _ columns: ColumnSelection
    ) async throws -> [RateDecomposition.Group] {
        var groups: [RateDecomposition.Group] = []
        var rest = all
        let segments = await question.model.windows.segments(of: combination)
        let found = try await question.summaries(of: segments, columns: columns)
        var earlier: [WindowSummary]?
        if let against { earlier = try await question.summaries(of: segments, columns: columns, endingAt: against) }
        for (place, (segment, summary)) in zip(segments, found).enumerated() {
            let before = earlier.map { $0[place].labelled.hits } ?? summary.referenceLabelled?.hits ?? .none
            let (old, new) = (before.worth(all.before.unit), summary.labelled.hits.worth(all.after.unit))
            groups.append(.init(name: segment.text, before: old, after: new))
            rest = (rest.before.without(old), rest.after.without(new))
        }
        if rest.before.count > 0 || rest.after.count > 0 {
            groups.append(.init(name: outside, before: rest.before, after: rest.after))
        }
        return groups
    }

    private static func split(_ old: [WindowSummary.ScoreBin], _ new: [WindowSummary.ScoreBin]) -> Split? {
        let groups = zip(old, new).map { before, after in
            RateDecomposition.Group(
                name: ByteText("score \(before.low) to \(before.high)"), before: before.hits, after: after.hits)
        }
        return RateDecomposition(groups).map { Split(combination: [], decomposition: $0) }
    }

    func write(to object: inout JSONWriter) {
        guard let whole else {
            return object.object("performance") { part in
                part.null("measure", task.isClassification ? .noLabels : .otherTask)
                part.member("reason", reason)
            }
        }
        object.object("performance") { part in
            part.member("measure", Measure.accuracy.rawValue)
            part.member("against", against?.rfc3339 ?? referenceName)
            part.member("before", whole.before)
            part.member("after", whole.after)
            part.member("difference", whole.difference)
            part.member("interval", whole.interval, or: .undefined)
            part.member("reading", LossReading(whole: whole, splits: splits).sentence)
            part.array("by_segment") { array in
                for split in splits { array.object { Self.write(split, to: &$0) } }
            }
            if let score {
                part.object("by_score") { Self.write(score, to: &$0) }
            } else {
                part.null("by_score", scoreGap)
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
        object.member("mix_interval", sum.mixInterval, or: .undefined)
        object.member("behaviour", sum.behaviour)
        object.member("behaviour_interval", sum.behaviourInterval, or: .undefined)
        object.array("parts") { array in
            for part in sum.parts {
                array.object { entry in
                    entry.member("group", part.group.name == outside ? nil : part.group.name.string)
                    write("before", part.group.before, to: &entry)
                    write("after", part.group.after, to: &entry)
                    entry.member("mix", part.mix)
                    entry.member("behaviour", part.behaviour)
                    entry.member("behaviour_interval", part.behaviourInterval, or: .oneSide)
                }
            }
        }
    }

    /// The rows of one side, and what they weigh where they weigh unlike.
    private static func write(_ side: String, _ share: WeightedShare, to object: inout JSONWriter) {
        object.member("\(side)_hits", share.hits)
        object.member("\(side)_count", share.count)
        guard share.weight != Double(share.count) || share.hitWeight != Double(share.hits) else { return }
        object.member("\(side)_hit_weight", share.hitWeight)
        object.member("\(side)_weight", share.weight)
    }
}

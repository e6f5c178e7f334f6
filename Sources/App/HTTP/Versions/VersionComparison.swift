import JSON
import Monitoring
import Statistics
import Store

/// Two versions of a model in one window, as JSON: each by itself, and on the rows that both scored.
struct VersionComparison {
    let question: WindowQuestion
    private let a: (version: ByteText, summary: WindowSummary)
    private let b: (version: ByteText, summary: WindowSummary)
    private let pairs: VersionPairs
    private let isTruncated: Bool

    /// The most ids that are compared pairwise; of more a fair part is taken, always the same.
    static let mostPairs = 200_000

    init(_ question: WindowQuestion, _ a: ByteText, _ b: ByteText, _ store: Store) async throws {
        self.question = question
        let columns = ColumnSelection(columns: [], outcomes: .all)
        self.a = (a, try await question.summary(of: Slice(version: a), columns: columns))
        self.b = (b, try await question.summary(of: Slice(version: b), columns: columns))
        var pairs = VersionPairs(question.model.schema, residualScale: self.a.summary.grids.residualScale)
        let most = Self.mostPairs
        let found = try await store.pairedPredictions(
            model: question.model.id, first: a, second: b, from: question.window.start, to: question.window.end,
            most: most + 1
        ) { rows, labels in
            for (row, label) in zip(rows, labels) where pairs.ids < most {
                pairs.fold(
                    first: row.first.predicted, firstScore: row.first.score, second: row.second.predicted,
                    secondScore: row.second.score, actual: label?.actual ?? .none, weight: row.weight)
            }
        }
        isTruncated = found > most
        self.pairs = pairs
    }

    func write(to object: inout JSONWriter) {
        question.write(to: &object)
        object.object("a") { write(a, to: &$0) }
        object.object("b") { write(b, to: &$0) }
        object.object("difference") { part in
            for measure in WindowDocument.measures(of: question.model.schema.task) {
                writeDifference(measure, to: &part)
            }
        }
        object.object("paired") { writePaired(to: &$0) }
    }

    private func write(_ side: (version: ByteText, summary: WindowSummary), to object: inout JSONWriter) {
        object.member("version", side.version.string)
        object.member("predictions", side.summary.predictions)
        object.member("labels", side.summary.labels)
        object.member("label_coverage", side.summary.value(of: .labelCoverage), or: .noRows)
        object.object("performance") { part in
            for measure in WindowDocument.measures(of: side.summary.schema.task) {
                let quality = side.summary.quality(of: measure)
                part.object(measure.rawValue) { entry in
                    entry.member("value", quality.value, or: side.summary.performanceGap(measure))
                    entry.member("interval", quality.interval, or: side.summary.intervalGap(measure))
                }
            }
        }
    }

    /// Of the rows of each version by themselves, as if they had nothing to do with each other.
    private func writeDifference(_ measure: Measure, to object: inout JSONWriter) {
        let (first, second) = (a.summary.quality(of: measure), b.summary.quality(of: measure))
        object.object(measure.rawValue) { part in
            guard let left = first.value, let right = second.value else {
                return part.null("value", (first.value == nil ? a : b).summary.performanceGap(measure))
            }
            part.member("value", right - left)
            guard let low = first.interval, let high = second.interval else {
                return part.null("interval", (first.interval == nil ? a : b).summary.intervalGap(measure))
            }
            part.member("interval", Interval.difference(right, high, minus: left, low), or: .undefined)
        }
    }

    private func writePaired(to object: inout JSONWriter) {
        object.member("ids", pairs.ids)
        if !pairs.weighed.isEven || pairs.weighed.weight != Double(pairs.ids) {
            object.member("weight", pairs.weighed.weight)
            object.member("effective_count", pairs.weighed.effective)
        }
        object.member("labelled", pairs.labelled)
        object.member("limit", Self.mostPairs)
        object.member("truncated", isTruncated)
        object.member("agreement", pairs.agreement, or: pairs.agreementGap)
        let task = question.model.schema.task
        if task.isClassification { writeClasses(to: &object) }
        if task == .binary {
            writeAreas(to: &object)
            write("log_loss", pairs.logLoss, or: pairs.lossGap, to: &object)
            write("brier", pairs.brier, or: pairs.lossGap, to: &object)
        }
        if task == .regression {
            write("absolute_error", pairs.absoluteError, or: pairs.errorGap(pairs.absoluteError), to: &object)
            write("squared_error", pairs.squaredError, or: pairs.errorGap(pairs.squaredError), to: &object)
        }
    }

    private func writeClasses(to object: inout JSONWriter) {
        guard let accuracy = pairs.accuracy, let test = pairs.mcNemar else {
            return object.null("accuracy", pairs.accuracyGap)
        }
        object.object("accuracy") { part in
            part.member("count", accuracy.count)
            part.member("difference", accuracy.difference)
            part.member("interval", accuracy.interval, or: .undefined)
            part.object("mcnemar") { entry in
                entry.member("only_a_right", test.onlyFirst)
                entry.member("only_b_right", test.onlySecond)
                entry.member("p_value", test.pValue, or: .insufficient)
                entry.member("method", test.method.rawValue)
                guard test.pValue == nil else { return }
                entry.member("reason", "too few effective rows on which only one is right")
            }
        }
    }

    private func writeAreas(to object: inout JSONWriter) {
        guard let areas = pairs.areas else { return object.null("roc_auc", pairs.areaGap) }
        object.object("roc_auc") { part in
            part.member("positives", areas.positives)
            part.member("negatives", areas.negatives)
            part.member("a", areas.firstArea)
            part.member("b", areas.secondArea)
            part.member("difference", areas.difference)
            part.member("interval", areas.interval, or: .undefined)
            part.member("z", areas.statistic, or: .oneValue)
            part.member("p_value", areas.pValue, or: .oneValue)
            part.member("method", "delong")
        }
    }

    private func write(_ name: String, _ means: PairedMeans, or reason: NullReason, to object: inout JSONWriter) {
        guard let difference = means.difference else { return object.null(name, reason) }
        object.object(name) { part in
            part.member("count", means.count)
            part.member("difference", difference)
            part.member("interval", means.interval, or: .insufficient)
            part.member("p_value", means.pValue, or: .insufficient)
        }
    }
}

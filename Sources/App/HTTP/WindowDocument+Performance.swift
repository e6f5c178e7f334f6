import JSON
import Monitoring
import Statistics

/// Predictions against labels.
extension WindowDocument {
    /// The most classes of which a matrix and ratios are written.
    private static let mostClasses = 1000

    static func measures(of task: ModelSchema.Task) -> [Measure] {
        switch task {
        case .binary:
            [
                .accuracy, .precision, .recall, .f1, .rocAUC, .logLoss, .brier, .calibrationError, .prAUC,
                .balancedAccuracy, .mcc, .kappa, .specificity, .fpr, .fnr, .positiveRate, .prevalence,
            ]
        case .multiclass:
            [
                .accuracy, .precisionMacro, .recallMacro, .f1Macro, .precisionMicro, .recallMicro, .f1Micro,
                .precisionWeighted, .recallWeighted, .f1Weighted, .balancedAccuracy, .mcc, .kappa,
            ] + Measure.accuracyAt + [
                .rocAUCMacro, .rocAUCWeighted, .prAUCMacro, .prAUCWeighted, .logLoss, .brier, .calibrationError,
            ]
        case .regression: [.mae, .rmse, .r2, .bias, .rmsle, .mape, .pinball]
        case .unlabelled: []
        }
    }

    /// Writes the measures of the model's task; nothing where it has none.
    func writePerformance(to object: inout JSONWriter) {
        let task = summary.schema.task
        guard task != .unlabelled else { return }
        let performance = summary.performance
        let estimates = measures.map { ($0, summary.isUnanswered($0) ? nil : performance.estimate($0)) }
        let areas = summary.isKnownAtEnd ? nil : performance.classAreas
        object.object("performance") { part in
            part.member("count", summary.labels)
            for (measure, estimate) in estimates {
                part.member(measure.rawValue, estimate?.value, or: summary.performanceGap(measure))
                if measure == .rocAUC, let bound = summary.rankQuality?.errorBound, bound > 0 {
                    part.member("roc_auc_error_bound", bound)
                }
                if measure == .prAUC, let bound = summary.precisionBound, bound > 0 {
                    part.member("pr_auc_error_bound", bound)
                }
                if let (area, isWeighted) = measure.classArea,
                    let bound = isWeighted ? areas?.weightedBound(area) : areas?.macroBound(area), bound > 0
                {
                    part.member("\(measure.rawValue)_error_bound", bound)
                }
            }
            if task.isClassification {
                writeConfusion(to: &part)
                writeClasses(performance, areas, to: &part)
            }
            part.object("interval") { intervals in
                for (measure, estimate) in estimates {
                    intervals.member(measure.rawValue, estimate?.interval, or: summary.intervalGap(measure))
                }
            }
            writeDecay(estimates, to: &part)
            writeMaturity(to: &part)
            writeCorrected(to: &part)
            writeAtEnd(estimates.map(\.0), to: &part)
        }
        writeEstimate(to: &object)
    }

    /// Rows are what was true, columns what was predicted, in the order of the labels.
    private func writeConfusion(to object: inout JSONWriter) {
        let confusion = summary.counts.confusion
        let labels = classes
        guard labels.count <= Self.mostClasses else { return object.null("confusion", .manyClasses) }
        object.object("confusion") { part in
            part.member("labels", labels.map(\.string))
            part.array("counts") { rows in
                for actual in labels {
                    rows.array { row in
                        for predicted in labels { row.value(confusion.count(predicted: predicted, actual: actual)) }
                    }
                }
            }
        }
    }

    /// The measures of the model's task; of the highest scores as many as are fewer than the classes, and three and five of them.
    private var measures: [Measure] {
        let count = classes.count
        return Self.measures(of: summary.schema.task).filter { measure in
            guard let places = measure.placesCounted else { return true }
            return places < count || places == 3 || places == 5
        }
    }

    /// The declared classes, then further ones that occur.
    private var classes: [ByteText] {
        let declared = Set(summary.schema.classes)
        return summary.schema.classes + summary.counts.confusion.classes.filter { !declared.contains($0) }
    }

    /// Each class against the rest; an array, because texts that differ only in their Unicode form would share a key.
    private func writeClasses(_ performance: PerformanceReading, _ areas: ClassAreas?, to object: inout JSONWriter) {
        let names = classes
        let (table, gap) = (performance.table, performance.classGap)
        let areaGap = summary.isKnownAtEnd ? .notAtEnd : performance.areaGap ?? .missingClass
        guard names.count <= Self.mostClasses else { return object.null("classes", .manyClasses) }
        var rows: [ByteText: Int] = [:]
        for (cell, count) in summary.counts.confusion.counts { rows[cell.actual, default: 0] &+= count }
        object.array("classes") { array in
            for name in names {
                array.object { part in
                    part.member("class", name.string)
                    part.member("count", rows[name, default: 0])
                    let ratios = [
                        ("precision", table.precision(of: name)), ("recall", table.recall(of: name)),
                        ("f1", table.f1(of: name)),
                    ]
                    for (key, estimate) in ratios { part.member(key, estimate?.value, or: gap) }
                    let area = areas?.parts.first { $0.name == name }
                    let scored =
                        summary.schema.task == .multiclass
                        ? [("roc_auc", area?.rocAUC), ("pr_auc", area?.averagePrecision)] : []
                    for (key, estimate) in scored { part.member(key, estimate?.value, or: areaGap) }
                    if let bound = area?.rocAUCBound, bound > 0 { part.member("roc_auc_error_bound", bound) }
                    if let bound = area?.averagePrecisionBound, bound > 0 { part.member("pr_auc_error_bound", bound) }
                    part.object("interval") { intervals in
                        for (key, estimate) in ratios {
                            intervals.member(key, estimate?.interval, or: estimate == nil ? gap : .undefined)
                        }
                        for (key, estimate) in scored {
                            intervals.member(key, estimate?.interval, or: estimate == nil ? areaGap : .undefined)
                        }
                    }
                }
            }
        }
    }

    /// How much worse the measures are than in the reference, or in the window that was asked for.
    private func writeDecay(_ estimates: [(Measure, Estimate?)], to object: inout JSONWriter) {
        guard let base = earlier.map(\.summary.performance) ?? summary.referencePerformance else { return }
        let against = earlier.map(\.summary.window.end.rfc3339) ?? "reference"
        object.object("decay") { part in
            for (measure, estimate) in estimates {
                guard measure.direction != nil, let before = base.estimate(measure),
                    let decay = Decay(of: measure, from: before, to: estimate)
                else { continue }
                part.object(measure.rawValue) { entry in
                    entry.member("value", decay.value)
                    // What has two values and no interval lacks that of a side.
                    func gap() -> NullReason {
                        estimate?.interval == nil
                            ? summary.intervalGap(measure) : base.intervalGap(measure) ?? .undefined
                    }
                    entry.member("interval", decay.interval, or: gap())
                    entry.member("against", against)
                    entry.member("worse", decay.isWorse, or: gap())
                }
            }
        }
    }

    private func writeMaturity(to object: inout JSONWriter) {
        guard let maturity = summary.maturity else { return object.null("maturity", summary.maturityGap) }
        object.member("maturity", maturity.isMature ? "mature" : "immature")
        object.member("maturity_reasons", maturity.reasons.map(\.rawValue))
    }

    /// The measures as they were known at the window's end.
    private func writeAtEnd(_ measures: [Measure], to object: inout JSONWriter) {
        guard let known = summary.performanceAtEnd else { return }
        object.object("at_end") { part in
            part.member("count", known.labels)
            for measure in measures where measure.dependsOnLabelTimes {
                part.member(
                    measure.rawValue, known.reading.estimate(measure)?.value,
                    or: known.reading.gap(measure) ?? .undefined)
            }
        }
    }
}

extension JSONWriter {
    /// Both ends of an interval as an array, or null.
    mutating func member(_ name: String, _ interval: Interval?) {
        guard let interval else { return member(name, JSONNode.null) }
        member(name, [interval.low, interval.high] as [Double?])
    }
}

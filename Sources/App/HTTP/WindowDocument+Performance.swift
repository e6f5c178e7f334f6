import JSON
import Monitoring
import Statistics

/// Predictions against labels.
extension WindowDocument {
    /// The most classes of which a matrix is written.
    private static let mostClasses = 1000

    private static func measures(of task: ModelSchema.Task) -> [Measure] {
        switch task {
        case .binary: [.accuracy, .precision, .recall, .f1, .rocAUC, .logLoss, .brier]
        case .multiclass:
            [
                .accuracy, .precisionMacro, .recallMacro, .f1Macro, .precisionMicro, .recallMicro, .f1Micro,
                .precisionWeighted, .recallWeighted, .f1Weighted,
            ]
        case .regression: [.mae, .rmse, .r2, .bias]
        case .unlabelled: []
        }
    }

    /// Writes the measures of the model's task; nothing where it has none.
    func writePerformance(to object: inout JSONWriter) {
        let task = summary.schema.task
        guard task != .unlabelled else { return }
        object.object("performance") { part in
            part.member("count", summary.labels)
            for measure in Self.measures(of: task) {
                part.member(measure.rawValue, summary.value(of: measure))
                if measure == .rocAUC, let bound = summary.rankQuality?.errorBound, bound > 0 {
                    part.member("roc_auc_error_bound", bound)
                }
            }
            if task.isClassification { writeConfusion(to: &part) }
        }
    }

    /// Rows are what was true, columns what was predicted, in the order of the labels.
    private func writeConfusion(to object: inout JSONWriter) {
        let confusion = summary.counts.confusion
        let declared = Set(summary.schema.classes)
        let labels = summary.schema.classes + confusion.classes.filter { !declared.contains($0) }
        guard labels.count <= Self.mostClasses else { return object.member("confusion", JSONNode.null) }
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
}

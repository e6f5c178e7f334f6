import JSON
import Monitoring
import Statistics

/// Performance that is expected without labels, and accuracy corrected for labels that come early.
extension WindowDocument {
    /// The keys of expected measures.
    private static let expected: [(key: String, measure: Measure)] = [
        ("accuracy", .estimatedAccuracy), ("precision", .estimatedPrecision), ("recall", .estimatedRecall),
        ("f1", .estimatedF1), ("specificity", .estimatedSpecificity), ("roc_auc", .estimatedROCAUC),
        ("pr_auc", .estimatedPRAUC),
    ]

    /// Writes what is expected of the window; null for a model of which nothing can be.
    func writeEstimate(to object: inout JSONWriter) {
        guard summary.schema.task.isClassification else { return object.member("estimated_performance", JSONNode.null) }
        let task = summary.schema.task
        let keys = task == .binary ? Self.expected : Array(Self.expected.prefix(1))
        object.object("estimated_performance") { part in
            part.member("method", "cbpe")
            do throws(EstimateGap) {
                let estimate = try summary.performanceEstimate()
                let expected = keys.map { ($0.key, $0.measure, estimate.value(of: $0.measure, task: task)) }
                for (key, _, value) in expected { part.member(key, value?.value) }
                part.object("interval") { intervals in
                    for (key, _, value) in expected { intervals.member(key, value?.interval) }
                }
                part.object("error_bound") { bounds in
                    for (key, measure, value) in expected where value != nil {
                        bounds.member(key, estimate.bound(of: measure))
                    }
                }
                part.member("calibrator", estimate.isIsotonic ? "isotonic" : "identity")
            } catch {
                for (key, _) in keys { part.member(key, nil as Double?) }
                part.member("reason", error.rawValue)
            }
            writeTrust(to: &part)
        }
    }

    /// Whether what would have been expected of the labelled rows came true.
    private func writeTrust(to object: inout JSONWriter) {
        guard let trial = summary.estimateTrial else { return object.member("trusted", JSONNode.null) }
        object.member("trusted", trial.isInside)
        object.member("error", trial.expected.value - trial.truth)
    }

    /// Writes the corrected accuracy as a member; null with a reason where there is none.
    func writeCorrected(to object: inout JSONWriter) {
        guard summary.schema.task.isClassification, !summary.isKnownAtEnd else {
            return object.member("corrected", JSONNode.null)
        }
        object.object("corrected") { part in
            do throws(EstimateGap) {
                let estimate = try summary.correctedAccuracy()
                part.member("accuracy", estimate.value)
                part.object("interval") { $0.member("accuracy", estimate.interval) }
            } catch {
                part.member("accuracy", nil as Double?)
                part.member("reason", error.rawValue)
            }
        }
    }

    /// Writes how long labels took, in seconds; null without labels.
    func writeLabelLag(to object: inout JSONWriter) {
        guard let median = summary.labelLag(0.5) else { return object.member("labels_lag", JSONNode.null) }
        object.object("labels_lag") { part in
            part.member("0.5", median)
            part.member("0.9", summary.labelLag(0.9))
        }
    }
}

import JSON
import Monitoring
import Statistics

/// Performance that is expected without labels, and accuracy corrected for labels that come early.
extension WindowDocument {
    /// Writes what is expected of the window; null for a model of which nothing can be.
    func writeEstimate(to object: inout JSONWriter) {
        guard summary.schema.task.isClassification else { return object.null("estimated_performance", .otherTask) }
        let task = summary.schema.task
        // Each under the name of what labels will give.
        let keys = Measure.expected(of: task).compactMap { measure in
            measure.expects.map { (key: $0.rawValue, measure: measure) }
        }
        object.object("estimated_performance") { part in
            part.member("method", "cbpe")
            let (estimate, gap) = scoreEstimate
            let (classes, classGap) = classEstimate
            let expected = keys.map { key, measure in
                let value =
                    measure.isOfClasses ? classes?.value(of: measure) : estimate?.value(of: measure, task: task)
                return (key: key, measure: measure, value: value)
            }
            func reason(_ measure: Measure) -> NullReason {
                (measure.isOfClasses ? classGap : gap)?.reason ?? .undefined
            }
            for (key, measure, value) in expected { part.member(key, value?.value, or: reason(measure)) }
            part.object("interval") { intervals in
                for (key, measure, value) in expected { intervals.member(key, value?.interval, or: reason(measure)) }
            }
            part.object("error_bound") { bounds in
                for (key, measure, value) in expected where value != nil {
                    let bound = measure.isOfClasses ? classes?.bound(of: measure) : estimate?.bound(of: measure)
                    bounds.member(key, bound, or: .undefined)
                }
            }
            if let estimate { part.member("calibrator", estimate.isIsotonic ? "isotonic" : "identity") }
            if let gap { part.member("reason", gap.rawValue) }
            if task == .multiclass, let classGap { part.member("class_reason", classGap.rawValue) }
            writeTrust(keys, to: &part)
        }
    }

    /// What is expected by the score of every row, or why nothing is.
    private var scoreEstimate: (PerformanceEstimate?, EstimateGap?) {
        do throws(EstimateGap) {
            return (try summary.performanceEstimate(), nil)
        } catch {
            return (nil, error)
        }
    }

    /// What is expected by the scores of every class, or why nothing is.
    private var classEstimate: (ClassEstimates?, EstimateGap?) {
        do throws(EstimateGap) {
            return (try summary.classEstimates(), nil)
        } catch {
            return (nil, error)
        }
    }

    /// Whether what would have been expected of the labelled rows came true: accuracy, and every measure by itself.
    private func writeTrust(_ keys: [(key: String, measure: Measure)], to object: inout JSONWriter) {
        let trials = keys.compactMap { key, measure in summary.estimateTrial(of: measure).map { (key, $0) } }
        if let trial = summary.estimateTrial {
            object.member("trusted", trial.isInside)
            object.member("error", trial.error)
        } else {
            object.null("trusted", summary.trialGap)
        }
        object.object("trials") { part in
            for (key, trial) in trials {
                part.object(key) { entry in
                    entry.member("expected", trial.expected.value)
                    entry.member("truth", trial.truth)
                    entry.member("error", trial.error)
                    entry.member("trusted", trial.isInside)
                }
            }
        }
    }

    /// Writes the corrected accuracy as a member; null with a reason where there is none.
    func writeCorrected(to object: inout JSONWriter) {
        guard summary.schema.task.isClassification, !summary.isKnownAtEnd else {
            return object.null("corrected", summary.correctionGap)
        }
        object.object("corrected") { part in
            do throws(EstimateGap) {
                let estimate = try summary.correctedAccuracy()
                part.member("accuracy", estimate.value)
                part.object("interval") { $0.member("accuracy", estimate.interval, or: .undefined) }
            } catch {
                part.null("accuracy", error.reason)
                part.member("reason", error.rawValue)
            }
        }
    }

    /// Writes how long labels took, in seconds; null without labels.
    func writeLabelLag(to object: inout JSONWriter) {
        guard let median = summary.labelLag(0.5) else { return object.null("labels_lag", summary.labelLagGap) }
        object.object("labels_lag") { part in
            part.member("0.5", median)
            part.member("0.9", summary.labelLag(0.9), or: summary.labelLagGap)
        }
    }
}

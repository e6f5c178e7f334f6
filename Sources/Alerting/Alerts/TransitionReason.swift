package import Monitoring
package import Query

/// Why an alert changed.
package enum TransitionReason: Hashable, Sendable, CustomStringConvertible {
    /// The condition became true.
    case conditionTrue
    /// The condition has been true for as long as the rule's `for` asks.
    case held(PrometheusDuration)
    /// The condition is false, with all data there.
    case conditionFalse
    /// The condition has been false for as long as the rule's `keep_firing_for` asks.
    case keptFiring(PrometheusDuration)
    /// A series that contributed has no sample.
    case sampleMissing(Labels)
    /// Everything that contributed has samples again.
    case samplesReturned
    /// The rule could not be evaluated.
    case evaluationFailed(String)
    /// The rule can be evaluated again.
    case evaluationRecovered
    /// The rule is gone.
    case ruleRemoved
    /// The caller marked the alert's health.
    case marked(String)

    /// A short English sentence without a full stop.
    package var description: String {
        switch self {
        case .conditionTrue: "the condition became true"
        case .held(let duration): "the condition has been true for \(duration.text)"
        case .conditionFalse: "the condition is false"
        case .keptFiring(let duration): "the condition has been false for \(duration.text)"
        case .sampleMissing(let labels): "no sample for \(labels)"
        case .samplesReturned: "all contributing series have samples again"
        case .evaluationFailed(let message): "evaluation failed: \(message)"
        case .evaluationRecovered: "the evaluation works again"
        case .ruleRemoved: "the rule was removed"
        case .marked(let reason): reason
        }
    }
}

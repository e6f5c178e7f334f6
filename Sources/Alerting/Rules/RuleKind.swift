/// What a rule does with the result of its expression.
package enum RuleKind: String, Hashable, Sendable {
    /// Every element is an alert.
    case alert
    /// Every element is a sample of a new series.
    case record
}

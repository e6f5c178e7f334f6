/// How a matcher compares a label with its value.
package enum MatchOperator: String, Hashable, Sendable, CaseIterable {
    /// The label has exactly this value.
    case equal = "="
    /// The label has another value.
    case notEqual = "!="
    /// The whole label matches the regular expression.
    case matches = "=~"
    /// The whole label does not match the regular expression.
    case notMatches = "!~"

    /// Whether the value is a regular expression.
    package var isRegularExpression: Bool { self == .matches || self == .notMatches }

    /// Whether the label is wanted to be like the value (`=`, `=~`).
    package var isPositive: Bool { self == .equal || self == .matches }
}

/// A condition on one label: `name`, an operator and a value; a label that is not there has the empty value.
package struct LabelMatcher: Hashable, Sendable, CustomStringConvertible {
    /// The name of the label.
    package let name: String
    /// How the label is compared.
    package let operation: MatchOperator
    /// The text or regular expression that it is compared with.
    package let value: String
    private let pattern: RegularExpression?

    /// A condition; throws where the value is a regular expression that is malformed or not supported.
    package init(name: String, operation: MatchOperator, value: String) throws(RegularExpressionError) {
        self.name = name
        self.operation = operation
        self.value = value
        pattern = operation.isRegularExpression ? try RegularExpression(value) : nil
    }

    /// The condition that a label has exactly this value.
    package init(name: String, equals value: String) {
        self.name = name
        operation = .equal
        self.value = value
        pattern = nil
    }

    /// Whether a label's value fulfils the condition; regular expressions must match the whole of it. Linear in its
    /// length.
    package func matches(value candidate: String) -> Bool {
        let isLike = pattern.map { $0.matchesWhole(candidate) } ?? value.hasSameBytes(as: candidate)
        return isLike == operation.isPositive
    }

    /// Whether a label set fulfils the condition.
    package func matches(_ labels: Labels) -> Bool {
        matches(value: labels[name])
    }

    package static func == (left: Self, right: Self) -> Bool {
        left.operation == right.operation && left.name.hasSameBytes(as: right.name)
            && left.value.hasSameBytes(as: right.value)
    }

    package func hash(into hasher: inout Hasher) {
        name.hashBytes(into: &hasher)
        hasher.combine(operation)
        value.hashBytes(into: &hasher)
    }

    /// `name="value"`.
    package var description: String { "\(name)\(operation.rawValue)\(value.quoted)" }
}

package import Monitoring

/// An expression that is evaluated at many instants, `expression[range:step]`.
package struct Subquery: Sendable {
    /// What is evaluated; an instant vector.
    package let operand: ExpressionNode
    /// How long the stretch is, its two ends included.
    package let range: PrometheusDuration
    /// The distance of the instants, which are multiples of it since 1970; nil for the caller's default.
    package let step: PrometheusDuration?
    /// How long before the evaluated instant the stretch ends.
    package internal(set) var offset = PrometheusDuration.zero
    /// At which instant the stretch ends, whenever it is evaluated.
    package internal(set) var anchor: TimeAnchor?

    /// How many instants one evaluation may have.
    package static let mostSteps = 11_000
}

/// An operator with its two sides.
package struct BinaryOperation: Sendable {
    /// The operator.
    package let operation: BinaryOperator
    /// The left side.
    package let left: ExpressionNode
    /// The right side.
    package let right: ExpressionNode
    /// Whether a comparison answers 0 or 1 instead of filtering.
    package let returnsBool: Bool
    /// Which elements of two vectors belong together.
    package let matching: VectorMatching
    /// Whether the text has `on`, `ignoring` or a group modifier.
    let hasModifier: Bool
}

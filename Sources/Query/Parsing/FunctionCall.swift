/// A function with its arguments.
package struct FunctionCall: Sendable {
    /// The function.
    package let function: QueryFunction
    /// The arguments; optional ones may be missing.
    package let arguments: [ExpressionNode]
    /// The compiled regular expression of `label_replace`.
    let pattern: RegularExpression?
}

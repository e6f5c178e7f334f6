/// A part of an expression with its place in the text.
package struct ExpressionNode: Sendable {
    /// How deep expressions may nest.
    package static let depthLimit = 100

    /// What the part is.
    package indirect enum Kind: Sendable {
        case number(Double)
        case string(String)
        /// An index in ``Expression/selectors``.
        case selector(Int)
        /// A plus or minus before an expression.
        case sign(isNegative: Bool, ExpressionNode)
        case binary(BinaryOperation)
        case aggregation(Aggregation)
        case call(FunctionCall)
        case subquery(Subquery)
    }

    /// What the part is.
    package let kind: Kind
    /// Where it begins; for an operator, the operator.
    package let position: SourcePosition
    /// One more than that of its deepest part.
    let depth: Int

    init(_ kind: Kind, at position: SourcePosition) throws(QueryError) {
        self.kind = kind
        self.position = position
        let inner = Self.parts(of: kind).map(\.depth).max() ?? 0
        depth = inner + 1
        guard depth <= Self.depthLimit else {
            throw QueryError(
                "the expression nests deeper than \(Self.depthLimit) levels; split it with recording rules",
                at: position)
        }
    }

    /// The parts directly inside.
    package var parts: [ExpressionNode] { Self.parts(of: kind) }

    private static func parts(of kind: Kind) -> [ExpressionNode] {
        switch kind {
        case .number, .string, .selector: []
        case .sign(_, let operand): [operand]
        case .binary(let operation): [operation.left, operation.right]
        case .aggregation(let aggregation): (aggregation.parameter.map { [$0] } ?? []) + [aggregation.operand]
        case .call(let call): call.arguments
        case .subquery(let subquery): [subquery.operand]
        }
    }
}

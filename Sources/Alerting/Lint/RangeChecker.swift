import Query

/// Finds comparisons that no value, or every value, fulfils, from the ranges of the measures.
struct RangeChecker {
    let expression: Expression
    let vocabulary: RuleVocabulary
    private(set) var findings: [LintFinding] = []

    init(_ expression: Expression, _ vocabulary: RuleVocabulary) {
        self.expression = expression
        self.vocabulary = vocabulary
        _ = range(of: expression.root)
    }

    private mutating func range(of node: ExpressionNode) -> ValueRange {
        switch node.kind {
        case .number(let number): return ValueRange(number, number)
        case .string: return .any
        case .selector(let index):
            let name = expression.selectors[index].name
            return name.flatMap { vocabulary.series[$0] }.map { ValueRange($0.range) } ?? .any
        case .sign(let isNegative, let operand):
            let inner = range(of: operand)
            return isNegative ? inner.negated : inner
        case .binary(let operation): return range(of: operation, at: node.position)
        case .aggregation(let aggregation):
            let inner = range(of: aggregation.operand)
            if let parameter = aggregation.parameter { _ = range(of: parameter) }
            return Self.range(of: aggregation.operation, over: inner)
        case .call(let call):
            let inner = call.arguments.map { range(of: $0) }
            return Self.range(of: call.function, inner)
        case .subquery(let subquery): return range(of: subquery.operand)
        }
    }

    private mutating func range(of operation: BinaryOperation, at position: SourcePosition) -> ValueRange {
        let (left, right) = (range(of: operation.left), range(of: operation.right))
        switch operation.operation {
        case .and, .unless: return left
        case .or: return left.union(right)
        case .add: return left + right
        case .subtract: return left - right
        case .multiply: return left * right
        case .divide: return left / right
        case .remainder, .power: return .any
        case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual:
            judge(operation, left, right, at: position)
            return operation.returnsBool ? ValueRange(0, 1) : left
        }
    }

    private mutating func judge(
        _ operation: BinaryOperation, _ left: ValueRange, _ right: ValueRange, at position: SourcePosition
    ) {
        guard !left.isAny, !right.isAny, let truth = Self.truth(of: operation.operation, left, right) else { return }
        let sides = "the left side is \(left.text), the right side \(right.text)"
        findings.append(
            LintFinding(
                lint: truth ? .alwaysTrue : .neverTrue, place: .expression(position),
                message: truth
                    ? "this comparison always holds: \(sides); leave it out or change the number"
                    : "this comparison never holds: \(sides); change the number"))
    }

    /// Whether a comparison holds for all values, or for none; nil where that depends on them.
    private static func truth(of operation: BinaryOperator, _ left: ValueRange, _ right: ValueRange) -> Bool? {
        let isApart = left.high < right.low || left.low > right.high
        switch operation {
        case .greater: return left.low > right.high ? true : left.high <= right.low ? false : nil
        case .greaterOrEqual: return left.low >= right.high ? true : left.high < right.low ? false : nil
        case .less: return left.high < right.low ? true : left.low >= right.high ? false : nil
        case .lessOrEqual: return left.high <= right.low ? true : left.low > right.high ? false : nil
        case .equal: return isApart ? false : left.low == left.high && left == right ? true : nil
        case .notEqual: return isApart ? true : nil
        default: return nil
        }
    }

    private static func range(of operation: AggregationOperator, over inner: ValueRange) -> ValueRange {
        switch operation {
        case .avg, .min, .max, .quantile, .topk, .bottomk: inner
        case .sum: ValueRange(inner.low >= 0 ? inner.low : -.infinity, inner.high <= 0 ? inner.high : .infinity)
        case .count, .countValues: ValueRange(1, .infinity)
        case .group: ValueRange(1, 1)
        case .stddev, .stdvar: ValueRange(0, .infinity)
        }
    }

    private static func range(of function: QueryFunction, _ arguments: [ValueRange]) -> ValueRange {
        switch function {
        case .avgOverTime, .maxOverTime, .minOverTime, .lastOverTime, .scalar, .vector, .labelReplace, .labelJoin:
            arguments.first ?? .any
        case .quantileOverTime: arguments.last ?? .any
        case .countOverTime: ValueRange(1, .infinity)
        case .absent, .absentOverTime, .presentOverTime: ValueRange(1, 1)
        case .abs, .sqrt, .exp, .stddevOverTime, .stdvarOverTime, .changes, .resets, .rate, .increase:
            ValueRange(0, .infinity)
        case .sgn: ValueRange(-1, 1)
        case .sumOverTime:
            (arguments.first ?? .any).low >= 0 ? ValueRange(0, .infinity) : .any
        default: .any
        }
    }
}

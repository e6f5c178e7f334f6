/// Checks that every part of an expression has the type that its place asks for, with Prometheus's rules.
struct TypeChecker {
    /// The type of a tree; throws at the first part that does not fit. Linear in the tree.
    static func type(of node: ExpressionNode) throws(QueryError) -> ValueType {
        switch node.kind {
        case .number: return .scalar
        case .string: return .string
        case .selector: return .vector
        case .sign(_, let operand):
            let type = try type(of: operand)
            guard type != .string else {
                throw QueryError("a sign may only stand before a number or a vector", at: node.position)
            }
            return type
        case .binary(let operation): return try type(of: operation, at: node.position)
        case .aggregation(let aggregation): return try type(of: aggregation)
        case .call(let call): return try type(of: call, at: node.position)
        }
    }

    private static func type(
        of binary: BinaryOperation, at position: SourcePosition
    ) throws(QueryError) -> ValueType {
        let left = try type(of: binary.left)
        let right = try type(of: binary.right)
        let name = binary.operation.rawValue
        guard left != .string, right != .string else {
            throw QueryError("the sides of \(name) must be numbers or vectors, not texts", at: position)
        }
        let areVectors = left == .vector && right == .vector
        if binary.hasModifier, !areVectors, !binary.matching.labels.isEmpty {
            throw QueryError("on and ignoring are only allowed between vectors", at: position)
        }
        if binary.operation.isSet, !areVectors {
            throw QueryError("\(name) is only allowed between vectors", at: position)
        }
        if binary.operation.isComparison, left == .scalar, right == .scalar, !binary.returnsBool {
            throw QueryError("a comparison between numbers needs bool: \(name) bool", at: position)
        }
        try refusePointlessConstants(binary)
        return left == .scalar && right == .scalar ? .scalar : .vector
    }

    /// A constant that makes an operator useless is a slip of the pen.
    private static func refusePointlessConstants(_ binary: BinaryOperation) throws(QueryError) {
        if case .number(let value) = binary.right.kind, value == 0,
            binary.operation == .divide || binary.operation == .remainder
        {
            throw QueryError("division by the constant 0", at: binary.right.position)
        }
        guard binary.operation.isComparison else { return }
        for side in [binary.left, binary.right] {
            if case .number(let value) = side.kind, value.isNaN {
                throw QueryError("no value compares with NaN; x != x finds the values that are NaN", at: side.position)
            }
        }
    }

    private static func type(of aggregation: Aggregation) throws(QueryError) -> ValueType {
        let name = aggregation.operation.rawValue
        if let parameter = aggregation.parameter {
            try expect(.scalar, parameter, "the parameter of \(name)")
        }
        try expect(.vector, aggregation.operand, "the argument of \(name)")
        return .vector
    }

    private static func type(of call: FunctionCall, at position: SourcePosition) throws(QueryError) -> ValueType {
        let function = call.function
        let most = function.parameters.count
        let least = most - function.optionalCount
        guard (least...most).contains(call.arguments.count) else {
            let wanted = least == most ? "\(most)" : "\(least) to \(most)"
            throw QueryError(
                "\(function.rawValue) takes \(wanted) arguments, not \(call.arguments.count)", at: position)
        }
        for (index, argument) in call.arguments.enumerated() {
            try expect(function.parameters[index], argument, "argument \(index + 1) of \(function.rawValue)")
        }
        if function == .labelReplace, case .string(let name) = call.arguments[1].kind, !Label.isName(name) {
            throw QueryError("\(name.quoted) is not a label name", at: call.arguments[1].position)
        }
        return function.result
    }

    private static func expect(_ wanted: ValueType, _ node: ExpressionNode, _ what: String) throws(QueryError) {
        let found = try type(of: node)
        guard found == wanted else {
            throw QueryError("\(what) must be of type \(wanted.rawValue), not \(found.rawValue)", at: node.position)
        }
    }
}

/// Checks that every part of an expression has the type that its place asks for, with Prometheus's rules.
struct TypeChecker {
    /// The expression's selectors, which know whether they take a stretch.
    let selectors: [VectorSelector]

    /// The type of a tree; throws at the first part that does not fit. Linear in the tree.
    func type(of node: ExpressionNode) throws(QueryError) -> ValueType {
        switch node.kind {
        case .number: return .scalar
        case .string: return .string
        case .selector(let index): return selectors[index].range == nil ? .vector : .matrix
        case .sign(_, let operand):
            let type = try type(of: operand)
            guard type == .scalar || type == .vector else {
                throw QueryError("a sign may only stand before a number or a vector", at: node.position)
            }
            return type
        case .binary(let operation): return try type(of: operation, at: node.position)
        case .aggregation(let aggregation): return try type(of: aggregation)
        case .call(let call): return try type(of: call, at: node.position)
        case .subquery(let subquery):
            try expect(.vector, subquery.operand, "what a subquery evaluates")
            return .matrix
        }
    }

    private func type(
        of binary: BinaryOperation, at position: SourcePosition
    ) throws(QueryError) -> ValueType {
        let left = try type(of: binary.left)
        let right = try type(of: binary.right)
        let name = binary.operation.rawValue
        guard left != .string, right != .string, left != .matrix, right != .matrix else {
            let wrong = left == .string || right == .string ? "texts" : "range vectors"
            throw QueryError("the sides of \(name) must be numbers or vectors, not \(wrong)", at: position)
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
    private func refusePointlessConstants(_ binary: BinaryOperation) throws(QueryError) {
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

    private func type(of aggregation: Aggregation) throws(QueryError) -> ValueType {
        let name = aggregation.operation.rawValue
        if let parameter = aggregation.parameter {
            try expect(aggregation.operation.parameterType, parameter, "the parameter of \(name)")
            try checkCountedLabel(aggregation, parameter)
        }
        try expect(.vector, aggregation.operand, "the argument of \(name)")
        return .vector
    }

    private func checkCountedLabel(_ aggregation: Aggregation, _ parameter: ExpressionNode) throws(QueryError) {
        guard aggregation.operation == .countValues, case .string(let name) = parameter.kind else { return }
        guard Label.isName(name) else {
            throw QueryError("\(name.quoted) is not a label name", at: parameter.position)
        }
    }

    private func type(of call: FunctionCall, at position: SourcePosition) throws(QueryError) -> ValueType {
        let function = call.function
        let most = function.parameters.count
        let least = most - function.optionalCount
        let count = call.arguments.count
        guard count >= least, count <= most || function.isVariadic else {
            let wanted = function.isVariadic ? "at least \(least)" : least == most ? "\(most)" : "\(least) to \(most)"
            throw QueryError(
                "\(function.rawValue) takes \(wanted) arguments, not \(call.arguments.count)", at: position)
        }
        for (index, argument) in call.arguments.enumerated() {
            try expect(
                function.parameters[min(index, most - 1)], argument, "argument \(index + 1) of \(function.rawValue)")
        }
        let isLabelMaker = function == .labelReplace || function == .labelJoin
        if isLabelMaker, case .string(let name) = call.arguments[1].kind, !Label.isName(name) {
            throw QueryError("\(name.quoted) is not a label name", at: call.arguments[1].position)
        }
        return function.result
    }

    private func expect(_ wanted: ValueType, _ node: ExpressionNode, _ what: String) throws(QueryError) {
        let found = try type(of: node)
        guard found == wanted else {
            let advice = wanted == .matrix && found == .vector ? "; give a range, as in x[1h]" : ""
            throw QueryError(
                "\(what) must be of type \(wanted.rawValue), not \(found.rawValue)\(advice)", at: node.position)
        }
    }
}

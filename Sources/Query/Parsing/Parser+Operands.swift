import Monitoring

extension Parser {
    /// An expression without operators around it, with its range, offset and instant.
    mutating func operand() throws(QueryError) -> ExpressionNode {
        let position = token.position
        switch token.kind {
        case .symbol(.plus), .symbol(.minus): return try signed()
        case .symbol(.leftParenthesis):
            try advance()
            let node = try expression(atLeast: 1)
            try expect(.rightParenthesis)
            return try suffixed(node, isParenthesised: true)
        case .number(let value):
            try advance()
            return try suffixed(try ExpressionNode(.number(value), at: position))
        case .string(let text):
            try advance()
            return try suffixed(try ExpressionNode(.string(text), at: position))
        case .symbol(.leftBrace): return try suffixed(try selector(name: nil, at: position))
        case .metricName(let name):
            try advance()
            return try suffixed(try selector(name: name, at: position))
        case .identifier(let word): return try suffixed(try named(word, at: position))
        default: throw unexpected("a value, a selector or a function")
        }
    }

    /// A sign binds as tightly as `*`, so that `-2 ^ 2` is `-(2 ^ 2)`.
    private mutating func signed() throws(QueryError) -> ExpressionNode {
        let position = token.position
        let isNegative = token.kind == .symbol(.minus)
        try advance()
        let operand = try expression(atLeast: BinaryOperator.multiply.precedence + 1)
        if case .number(let value) = operand.kind {
            return try ExpressionNode(.number(isNegative ? -value : value), at: position)
        }
        return try ExpressionNode(.sign(isNegative: isNegative, operand), at: position)
    }

    /// What begins with a word: a number, an aggregation, a function or a selector.
    private mutating func named(_ word: String, at position: SourcePosition) throws(QueryError) -> ExpressionNode {
        let lowered = word.lowercased()
        try advance()
        if lowered == "inf" || lowered == "nan" {
            return try ExpressionNode(.number(lowered == "inf" ? .infinity : .nan), at: position)
        }
        let node: ExpressionNode
        let isCall = token.kind == .symbol(.leftParenthesis)
        if let operation = AggregationOperator(rawValue: lowered), isCall || isKeyword("by") || isKeyword("without") {
            node = try aggregation(operation, at: position)
        } else if isCall {
            guard let function = QueryFunction(rawValue: word) else {
                throw QueryError(UnsupportedWord.message(forFunction: word), at: position)
            }
            node = try call(function, at: position)
        } else {
            guard !Self.reserved.contains(lowered) else {
                throw QueryError(
                    "\(word) is a keyword; a metric of that name is written {__name__=\"\(word)\"}", at: position)
            }
            return try selector(name: word, at: position)
        }
        return node
    }

    private static let reserved: Set<String> = Set(
        AggregationOperator.allCases.map(\.rawValue)
            + [
                "and", "or", "unless", "atan2", "bool", "by", "without", "on", "ignoring", "group_left", "group_right",
                "offset", "start", "end",
            ])

    private mutating func aggregation(
        _ operation: AggregationOperator, at position: SourcePosition
    ) throws(QueryError) -> ExpressionNode {
        var clause = try grouping()
        try expect(.leftParenthesis)
        var parameter: ExpressionNode?
        var operand = try expression(atLeast: 1)
        if operation.hasParameter {
            guard try take(.comma) else {
                let wanted = operation.parameterType == .string ? "a label name in quotes" : "a number"
                throw QueryError("\(operation.rawValue) needs \(wanted) before its vector", at: position)
            }
            parameter = operand
            operand = try expression(atLeast: 1)
        } else if token.kind == .symbol(.comma) {
            throw QueryError("\(operation.rawValue) takes one argument", at: token.position)
        }
        try expect(.rightParenthesis)
        if clause == nil { clause = try grouping() }
        let aggregation = Aggregation(
            operation: operation, parameter: parameter, operand: operand, labels: clause?.labels ?? [],
            isWithout: clause?.isWithout ?? false)
        return try ExpressionNode(.aggregation(aggregation), at: position)
    }

    private mutating func grouping() throws(QueryError) -> (labels: [String], isWithout: Bool)? {
        let isWithout = isKeyword("without")
        guard isWithout || isKeyword("by") else { return nil }
        try advance()
        return (try labelList(), isWithout)
    }

    private mutating func call(_ function: QueryFunction, at position: SourcePosition) throws(QueryError)
        -> ExpressionNode
    {
        try expect(.leftParenthesis)
        var arguments: [ExpressionNode] = []
        if token.kind != .symbol(.rightParenthesis) {
            arguments.append(try expression(atLeast: 1))
            while try take(.comma) { arguments.append(try expression(atLeast: 1)) }
        }
        try expect(.rightParenthesis)
        let pattern = try labelReplacePattern(function, arguments)
        let call = FunctionCall(function: function, arguments: arguments, pattern: pattern)
        return try ExpressionNode(.call(call), at: position)
    }

    private func labelReplacePattern(
        _ function: QueryFunction, _ arguments: [ExpressionNode]
    ) throws(QueryError) -> RegularExpression? {
        guard function == .labelReplace, let last = arguments.last, case .string(let text) = last.kind else {
            return nil
        }
        do {
            return try RegularExpression(text)
        } catch {
            throw QueryError("\(text.quoted) is not a regular expression: \(error.message)", at: last.position)
        }
    }

    /// Matchers in braces, after the name if there was one.
    private mutating func selector(name: String?, at position: SourcePosition) throws(QueryError) -> ExpressionNode {
        var matchers = name.map { [LabelMatcher(name: Labels.metricName, equals: $0)] } ?? []
        if try take(.leftBrace) {
            while token.kind != .symbol(.rightBrace) {
                let place = token.position
                let matcher = try matcher()
                if name != nil, matcher.name == Labels.metricName {
                    throw QueryError("the metric's name must not be set twice", at: place)
                }
                matchers.append(matcher)
                guard try take(.comma) else { break }
            }
            try expect(.rightBrace)
        }
        guard matchers.contains(where: { !$0.matches(value: "") }) else {
            throw QueryError("a selector needs at least one matcher that does not match the empty text", at: position)
        }
        return try append(matchers: matchers, at: position)
    }

    /// One condition in braces.
    mutating func matcher() throws(QueryError) -> LabelMatcher {
        guard case .identifier(let name) = token.kind else { throw unexpected("a label name or \"}\"") }
        try advance()
        guard case .symbol(let symbol) = token.kind, let operation = MatchOperator(rawValue: symbol.rawValue) else {
            throw unexpected("one of =, !=, =~, !~")
        }
        try advance()
        guard case .string(let value) = token.kind else { throw unexpected("a text in quotes") }
        let position = token.position
        try advance()
        do {
            return try LabelMatcher(name: name, operation: operation, value: value)
        } catch {
            throw QueryError("\(value.quoted) is not a regular expression: \(error.message)", at: position)
        }
    }
}

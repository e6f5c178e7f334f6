import Query

/// Reads what stands in an action: values, calls, and pipes that hand a value on as last argument.
struct TemplatePipeline {
    private var tokens: ArraySlice<TemplateToken>
    private var position: SourcePosition
    private var depth = 0

    /// The expression that all tokens together are.
    static func expression(
        _ tokens: ArraySlice<TemplateToken>, at position: SourcePosition
    ) throws(QueryError) -> TemplateExpression {
        var pipeline = Self(tokens: tokens, position: position)
        let expression = try pipeline.pipe()
        if let rest = pipeline.tokens.first { throw QueryError("unexpected word in a template", at: rest.position) }
        return expression
    }

    private init(tokens: ArraySlice<TemplateToken>, position: SourcePosition) {
        self.tokens = tokens
        self.position = position
    }

    private mutating func next() -> TemplateToken? {
        guard let token = tokens.popFirst() else { return nil }
        position = token.position
        return token
    }

    private mutating func pipe() throws(QueryError) -> TemplateExpression {
        depth += 1
        defer { depth -= 1 }
        guard depth <= TemplateParser.depthLimit else {
            throw QueryError("parentheses nest deeper than \(TemplateParser.depthLimit) levels", at: position)
        }
        var expression = try command(piped: nil)
        while tokens.first?.kind == .pipe {
            _ = next()
            expression = try command(piped: expression)
        }
        return expression
    }

    /// A function with its arguments, or a single value.
    private mutating func command(piped: TemplateExpression?) throws(QueryError) -> TemplateExpression {
        guard let token = tokens.first else { throw QueryError("a value is missing", at: position) }
        if case .word(let name) = token.kind, let function = TemplateFunction(rawValue: name) {
            _ = next()
            var arguments: [TemplateExpression] = []
            while let following = tokens.first, following.kind != .pipe, following.kind != .rightParenthesis {
                arguments.append(try operand())
            }
            if let piped { arguments.append(piped) }
            return .call(try TemplateChecker.call(function, arguments, at: token.position))
        }
        let value = try operand()
        guard piped == nil else { throw QueryError("only a function may follow |", at: token.position) }
        if let following = tokens.first, following.kind != .pipe, following.kind != .rightParenthesis {
            throw QueryError("a value takes no arguments; only functions do", at: following.position)
        }
        return value
    }

    private mutating func operand() throws(QueryError) -> TemplateExpression {
        guard let token = next() else { throw QueryError("a value is missing", at: position) }
        switch token.kind {
        case .text(let text): return .constant(.text(text))
        case .integer(let number): return .constant(.integer(number))
        case .number(let number): return .constant(.number(number))
        case .variable(let name): return try named(name, isVariable: true, at: token.position)
        case .field(let name): return try named(name, isVariable: false, at: token.position)
        case .leftParenthesis:
            let inner = try pipe()
            guard next()?.kind == .rightParenthesis else { throw QueryError("a ) is missing", at: token.position) }
            if let field = tokens.first, case .field = field.kind, !field.followsSpace {
                throw QueryError("fields of a call are not supported", at: field.position)
            }
            return inner
        case .word("true"): return .constant(.boolean(true))
        case .word("false"): return .constant(.boolean(false))
        case .word(let name):
            if let function = TemplateFunction(rawValue: name) {
                return .call(try TemplateChecker.call(function, [], at: token.position))
            }
            throw QueryError(Self.unknown(name), at: token.position)
        case .pipe, .rightParenthesis: throw QueryError("a value is missing", at: token.position)
        }
    }

    /// `$labels.x`, `.Labels.x`, `$value`, `.Value` and their like.
    private mutating func named(
        _ name: String, isVariable: Bool, at position: SourcePosition
    ) throws(QueryError) -> TemplateExpression {
        switch (name, isVariable) {
        case ("value", true), ("Value", false):
            try refuseField(of: name)
            return .value
        case ("externalURL", true), ("ExternalURL", false):
            try refuseField(of: name)
            return .externalURL
        case ("labels", true), ("Labels", false): return .label(try field(of: name, at: position))
        case ("externalLabels", true), ("ExternalLabels", false):
            return .externalLabel(try field(of: name, at: position))
        default:
            let sigil = isVariable ? "$" : "."
            throw QueryError(
                "\(sigil)\(name) is not known in templates;"
                    + " $labels.NAME, $value, $externalLabels.NAME and $externalURL are",
                at: position)
        }
    }

    private mutating func field(of name: String, at position: SourcePosition) throws(QueryError) -> String {
        guard let token = tokens.first, case .field(let field) = token.kind, !token.followsSpace, !field.isEmpty else {
            throw QueryError("\(name) needs the name of a label: \(name).NAME", at: position)
        }
        _ = next()
        try refuseField(of: "a label")
        return field
    }

    private func refuseField(of name: String) throws(QueryError) {
        if let token = tokens.first, case .field = token.kind, !token.followsSpace {
            throw QueryError("\(name) has no fields", at: token.position)
        }
    }

    private static func unknown(_ name: String) -> String {
        let supported = TemplateFunction.allCases.map(\.rawValue).joined(separator: ", ")
        return "the function \(name) is not known in templates; supported are \(supported)"
    }
}

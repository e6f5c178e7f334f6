import Query

/// Reads what stands in an action of a message template: values, calls, and pipes that hand a value on as last argument.
struct MessagePipeline {
    /// An expression with the kind of its value.
    typealias Typed = (expression: MessageExpression, type: MessageType)

    private var tokens: ArraySlice<TemplateToken>
    private var position: SourcePosition
    private let dot: MessageType
    private var depth = 0

    /// The expression that all tokens together are.
    static func expression(
        _ tokens: ArraySlice<TemplateToken>, dot: MessageType, at position: SourcePosition
    ) throws(QueryError) -> Typed {
        var pipeline = Self(tokens: tokens, position: position, dot: dot)
        let typed = try pipeline.pipe()
        if let rest = pipeline.tokens.first { throw QueryError("unexpected word in a template", at: rest.position) }
        return typed
    }

    private init(tokens: ArraySlice<TemplateToken>, position: SourcePosition, dot: MessageType) {
        self.tokens = tokens
        self.position = position
        self.dot = dot
    }

    private mutating func next() -> TemplateToken? {
        guard let token = tokens.popFirst() else { return nil }
        position = token.position
        return token
    }

    private mutating func pipe() throws(QueryError) -> Typed {
        depth += 1
        defer { depth -= 1 }
        guard depth <= TemplateParser.depthLimit else {
            throw QueryError("parentheses nest deeper than \(TemplateParser.depthLimit) levels", at: position)
        }
        var typed = try command(piped: nil)
        while tokens.first?.kind == .pipe {
            _ = next()
            typed = try command(piped: typed)
        }
        return typed
    }

    /// A function with its arguments, or a single value.
    private mutating func command(piped: Typed?) throws(QueryError) -> Typed {
        guard let token = tokens.first else { throw QueryError("a value is missing", at: position) }
        if case .word(let name) = token.kind, name != "true", name != "false" {
            guard let function = MessageFunction(rawValue: name) else {
                let known = MessageFunction.allCases.map(\.rawValue).joined(separator: ", ")
                throw QueryError(
                    "the function \(name) is not known in message templates; supported are \(known)", at: token.position
                )
            }
            _ = next()
            var arguments: [Typed] = []
            while let following = tokens.first, following.kind != .pipe, following.kind != .rightParenthesis {
                arguments.append(try operand())
            }
            if let piped { arguments.append(piped) }
            switch function.result(of: arguments.map(\.type)) {
            case .success(let type): return (.call(function, arguments.map(\.expression)), type)
            case .failure(let mistake): throw QueryError("\(name) \(mistake.text)", at: token.position)
            }
        }
        let value = try operand()
        guard piped == nil else { throw QueryError("only a function may follow |", at: token.position) }
        if let following = tokens.first, following.kind != .pipe, following.kind != .rightParenthesis {
            throw QueryError("a value takes no arguments; only functions do", at: following.position)
        }
        return value
    }

    private mutating func operand() throws(QueryError) -> Typed {
        guard let token = next() else { throw QueryError("a value is missing", at: position) }
        switch token.kind {
        case .text(let text): return (.constant(.text(text)), .text)
        case .integer(let number): return (.constant(.integer(number)), .integer)
        case .number: throw QueryError("only whole numbers are supported in message templates", at: token.position)
        case .word("true"): return (.constant(.boolean(true)), .boolean)
        case .word("false"): return (.constant(.boolean(false)), .boolean)
        case .word: throw QueryError("put a function that is an argument into parentheses", at: token.position)
        case .variable(let name):
            guard name.isEmpty else {
                throw QueryError("variables are not supported; $ stands for the notification", at: token.position)
            }
            return try path(fromRoot: true, type: .notification, fields: [])
        case .field(let name):
            return try name.isEmpty
                ? path(fromRoot: false, type: dot, fields: [])
                : path(fromRoot: false, type: try field(name, of: dot, at: token.position), fields: [name])
        case .leftParenthesis:
            let inner = try pipe()
            guard next()?.kind == .rightParenthesis else { throw QueryError("a ) is missing", at: token.position) }
            if let field = tokens.first, case .field = field.kind, !field.followsSpace {
                throw QueryError("fields of a call are not supported", at: field.position)
            }
            return inner
        case .pipe, .rightParenthesis: throw QueryError("a value is missing", at: token.position)
        }
    }

    /// Fields that follow without white space.
    private mutating func path(fromRoot: Bool, type: MessageType, fields: [String]) throws(QueryError) -> Typed {
        var (type, fields) = (type, fields)
        while let token = tokens.first, case .field(let name) = token.kind, !token.followsSpace {
            _ = next()
            type = try field(name, of: type, at: token.position)
            fields.append(name)
        }
        return (.path(fromRoot: fromRoot, fields), type)
    }

    private func field(_ name: String, of type: MessageType, at position: SourcePosition) throws(QueryError)
        -> MessageType
    {
        let fields = type.fields
        if let found = fields[name] { return found }
        if type == .labels, !name.isEmpty { return .text }
        let known = fields.keys.sorted().joined(separator: ", ")
        throw QueryError(
            "\(type == .alert ? "an" : "a") \(type.name) has no field .\(name)"
                + (known.isEmpty ? "" : "; it has \(known)"), at: position)
    }
}

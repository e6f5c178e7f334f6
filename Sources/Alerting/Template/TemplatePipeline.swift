import Query

/// Reads what stands in an action: values, calls, and pipes that hand a value on as last argument.
struct TemplatePipeline {
    private var tokens: ArraySlice<TemplateToken>
    private var position: SourcePosition
    private let dot: TemplateType
    private let language: TemplateLanguage
    private var depth = 0

    /// The expression that all tokens together are.
    static func expression(
        _ tokens: ArraySlice<TemplateToken>, dot: TemplateType, language: TemplateLanguage, at position: SourcePosition
    ) throws(QueryError) -> TypedExpression {
        var pipeline = Self(tokens: tokens, position: position, dot: dot, language: language)
        let expression = try pipeline.pipe()
        if let rest = pipeline.tokens.first { throw QueryError("unexpected word in a template", at: rest.position) }
        return expression
    }

    private init(
        tokens: ArraySlice<TemplateToken>, position: SourcePosition, dot: TemplateType, language: TemplateLanguage
    ) {
        self.tokens = tokens
        self.position = position
        self.dot = dot
        self.language = language
    }

    private mutating func next() -> TemplateToken? {
        guard let token = tokens.popFirst() else { return nil }
        position = token.position
        return token
    }

    /// Whether an argument follows.
    private var hasOperand: Bool { tokens.first.map { $0.kind != .pipe && $0.kind != .rightParenthesis } ?? false }

    private mutating func pipe() throws(QueryError) -> TypedExpression {
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
    private mutating func command(piped: TypedExpression?) throws(QueryError) -> TypedExpression {
        guard let token = tokens.first else { throw QueryError("a value is missing", at: position) }
        if case .word(let name) = token.kind, name != "true", name != "false" {
            guard let function = TemplateFunction(name, in: language) else {
                throw QueryError(TemplateFunction.unknown(name, in: language), at: token.position)
            }
            _ = next()
            var arguments: [TypedExpression] = []
            while hasOperand { arguments.append(try operand()) }
            if let piped { arguments.append(piped) }
            return try TemplateChecker.call(function, arguments, at: token.position)
        }
        let value = try operand()
        guard piped == nil else { throw QueryError("only a function may follow |", at: token.position) }
        if hasOperand, let following = tokens.first {
            throw QueryError("a value takes no arguments; only functions do", at: following.position)
        }
        return value
    }

    private mutating func operand() throws(QueryError) -> TypedExpression {
        guard let token = next() else { throw QueryError("a value is missing", at: position) }
        switch token.kind {
        case .text(let text): return constant(.text(text), .text)
        case .integer(let number): return constant(.integer(number), .integer)
        case .number(let number): return constant(.number(number), .number)
        case .word("true"): return constant(.boolean(true), .boolean)
        case .word("false"): return constant(.boolean(false), .boolean)
        case .word: throw QueryError("put a function that is an argument into parentheses", at: token.position)
        case .variable(""): return try path(fromRoot: true, language.root, [], from: "$", at: token.position)
        case .variable(let name):
            guard let field = language.variables[name], let type = language.root.field(field) else {
                throw QueryError(language.unknown("$\(name)"), at: token.position)
            }
            return try path(fromRoot: true, type, [field], from: "$\(name)", at: token.position)
        case .field(""): return try path(fromRoot: false, dot, [], from: ".", at: token.position)
        case .field(let name):
            let type = try field(name, of: dot, at: token.position)
            return try path(fromRoot: false, type, [name], from: ".\(name)", at: token.position)
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

    private func constant(_ value: TemplateValue, _ type: TemplateType) -> TypedExpression {
        TypedExpression(expression: .constant(value), type: type)
    }

    /// Fields that follow without white space. Prometheus's own data and maps are nothing to print.
    private mutating func path(
        fromRoot: Bool, _ type: TemplateType, _ fields: [String], from start: String, at position: SourcePosition
    ) throws(QueryError) -> TypedExpression {
        var (type, fields, written) = (type, fields, start)
        while let token = tokens.first, case .field(let name) = token.kind, !token.followsSpace {
            _ = next()
            type = try field(name, of: type, at: token.position)
            fields.append(name)
            written += (written.utf8.last == UInt8(ascii: ".") ? "" : ".") + name
        }
        if type == .map { throw QueryError("\(written) needs the name of a label: \(written).NAME", at: position) }
        if type == .element { throw QueryError(language.unknown(written), at: position) }
        return TypedExpression(expression: .path(fromRoot: fromRoot, fields), type: type)
    }

    private func field(
        _ name: String, of type: TemplateType, at position: SourcePosition
    ) throws(QueryError) -> TemplateType {
        if let found = type.field(name) { return found }
        let known = type.fields.keys.sorted().joined(separator: ", ")
        throw QueryError(
            "\(type.described) has no field .\(name)" + (known.isEmpty ? "" : "; it has \(known)"), at: position)
    }
}

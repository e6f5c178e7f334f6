import Query

/// Turns the pieces of a template into nodes; knows the kind of every value while it does.
struct TemplateParser {
    /// How deep blocks and parentheses may nest.
    static let depthLimit = 50

    private let pieces: [TemplateLexer.Piece]
    private let language: TemplateLanguage
    private var index = 0

    init(_ text: String, language: TemplateLanguage) throws(QueryError) {
        var lexer = TemplateLexer(text)
        pieces = try lexer.pieces()
        self.language = language
    }

    /// The nodes of the whole template.
    mutating func parse() throws(QueryError) -> [TemplateNode] {
        let (nodes, end) = try list(dot: language.root, depth: 0)
        if let end {
            throw QueryError("\(end.word) without \(language.blocks.joined(separator: " or "))", at: end.position)
        }
        return nodes
    }

    /// An `else` or `end` that closes a list of nodes.
    private struct Closing {
        let word: String
        let rest: ArraySlice<TemplateToken>
        let position: SourcePosition
    }

    private mutating func list(
        dot: TemplateType, depth: Int
    ) throws(QueryError) -> (nodes: [TemplateNode], end: Closing?) {
        var nodes: [TemplateNode] = []
        while index < pieces.count {
            let piece = pieces[index]
            index += 1
            guard case .action(let tokens, let position) = piece else {
                if case .text(let text) = piece, !text.isEmpty { nodes.append(.text(text)) }
                continue
            }
            guard let first = tokens.first else { throw QueryError("{{ }} is empty", at: position) }
            let rest = tokens.dropFirst()
            switch first.kind {
            case .word(let word) where word == "else" || word == "end":
                return (nodes, Closing(word: word, rest: rest, position: first.position))
            case .word(let word) where language.blocks.contains(word):
                nodes.append(try block(word, rest, at: first.position, dot: dot, depth: depth + 1))
            case .word(let word) where Self.blockWords.contains(word):
                throw QueryError(
                    "\(word) is not supported in \(language.name);"
                        + " \(language.blocks.joined(separator: ", ")), else and end are", at: first.position)
            default: nodes.append(.output(try expression(tokens[...], dot: dot, at: position).expression))
            }
        }
        return (nodes, nil)
    }

    private static let blockWords: Set<String> = [
        "range", "with", "define", "block", "template", "break", "continue",
    ]

    private func expression(
        _ tokens: ArraySlice<TemplateToken>, dot: TemplateType, at position: SourcePosition
    ) throws(QueryError) -> TypedExpression {
        try TemplatePipeline.expression(tokens, dot: dot, language: language, at: position)
    }

    private mutating func block(
        _ word: String, _ tokens: ArraySlice<TemplateToken>, at position: SourcePosition, dot: TemplateType, depth: Int
    ) throws(QueryError) -> TemplateNode {
        guard depth <= Self.depthLimit else {
            throw QueryError("blocks nest deeper than \(Self.depthLimit) levels", at: position)
        }
        let subject = try expression(tokens, dot: dot, at: position)
        guard word == "range" else {
            let (body, otherwise) = try branches(of: word, at: position, inner: dot, outer: dot, depth: depth)
            return .condition(subject.expression, then: body, otherwise: otherwise)
        }
        guard let element = subject.type.element else {
            throw QueryError("range takes a list, not \(subject.type.described)", at: position)
        }
        let (body, otherwise) = try branches(of: word, at: position, inner: element, outer: dot, depth: depth)
        return .loop(subject.expression, body: body, otherwise: otherwise)
    }

    /// What stands before and after `else`, up to `end`.
    private mutating func branches(
        of word: String, at position: SourcePosition, inner: TemplateType, outer: TemplateType, depth: Int
    ) throws(QueryError) -> (body: [TemplateNode], otherwise: [TemplateNode]) {
        let (body, closing) = try list(dot: inner, depth: depth)
        let unclosed = QueryError("this \(word) is not closed with {{ end }}", at: position)
        guard let closing else { throw unclosed }
        if closing.word == "else", let next = closing.rest.first, next.kind == .word("if"), word == "if" {
            return (
                body,
                [try block("if", closing.rest.dropFirst(), at: next.position, dot: outer, depth: depth + 1)]
            )
        }
        try refuse(closing.rest)
        if closing.word == "end" { return (body, []) }
        let (otherwise, end) = try list(dot: outer, depth: depth)
        guard let end else { throw unclosed }
        guard end.word == "end" else { throw QueryError("a second else", at: end.position) }
        try refuse(end.rest)
        return (body, otherwise)
    }

    private func refuse(_ rest: ArraySlice<TemplateToken>) throws(QueryError) {
        if let first = rest.first { throw QueryError("nothing may follow here", at: first.position) }
    }
}

import Query

/// Turns the pieces of a template into nodes.
struct TemplateParser {
    /// How deep conditions and parentheses may nest.
    static let depthLimit = 50

    private let pieces: [TemplateLexer.Piece]
    private var index = 0

    init(_ text: String) throws(QueryError) {
        var lexer = TemplateLexer(text)
        pieces = try lexer.pieces()
    }

    /// The nodes of the whole template.
    mutating func parse() throws(QueryError) -> [TemplateNode] {
        let (nodes, end) = try list(depth: 0)
        if let end { throw QueryError("\(end.word) without if", at: end.position) }
        return nodes
    }

    /// An `else` or `end` that closes a list of nodes.
    private struct Closing {
        let word: String
        let rest: ArraySlice<TemplateToken>
        let position: SourcePosition
    }

    private mutating func list(depth: Int) throws(QueryError) -> (nodes: [TemplateNode], end: Closing?) {
        var nodes: [TemplateNode] = []
        while index < pieces.count {
            let piece = pieces[index]
            index += 1
            switch piece {
            case .text(let text): if !text.isEmpty { nodes.append(.text(text)) }
            case .action(let tokens, let position):
                guard let first = tokens.first else { throw QueryError("{{ }} is empty", at: position) }
                guard case .word(let word) = first.kind else {
                    nodes.append(.output(try TemplatePipeline.expression(tokens[...], at: position)))
                    continue
                }
                switch word {
                case "else", "end":
                    return (nodes, Closing(word: word, rest: tokens.dropFirst(), position: first.position))
                case "if": nodes.append(try condition(tokens.dropFirst(), at: first.position, depth: depth + 1))
                case "range", "with", "define", "block", "template", "break", "continue":
                    throw QueryError("\(word) is not supported in templates; if, else and end are", at: first.position)
                default: nodes.append(.output(try TemplatePipeline.expression(tokens[...], at: position)))
                }
            }
        }
        return (nodes, nil)
    }

    private mutating func condition(
        _ tokens: ArraySlice<TemplateToken>, at position: SourcePosition, depth: Int
    ) throws(QueryError) -> TemplateNode {
        guard depth <= Self.depthLimit else {
            throw QueryError("conditions nest deeper than \(Self.depthLimit) levels", at: position)
        }
        let expression = try TemplatePipeline.expression(tokens, at: position)
        let (then, closing) = try list(depth: depth)
        guard let closing else { throw QueryError("this if is not closed with {{ end }}", at: position) }
        if closing.word == "end" {
            try refuse(closing.rest)
            return .condition(expression, then: then, otherwise: [])
        }
        if let next = closing.rest.first, next.kind == .word("if") {
            let inner = try condition(closing.rest.dropFirst(), at: next.position, depth: depth + 1)
            return .condition(expression, then: then, otherwise: [inner])
        }
        try refuse(closing.rest)
        let (otherwise, end) = try list(depth: depth)
        guard let end else { throw QueryError("this if is not closed with {{ end }}", at: position) }
        guard end.word == "end" else { throw QueryError("a second else", at: end.position) }
        try refuse(end.rest)
        return .condition(expression, then: then, otherwise: otherwise)
    }

    private func refuse(_ rest: ArraySlice<TemplateToken>) throws(QueryError) {
        if let first = rest.first { throw QueryError("nothing may follow here", at: first.position) }
    }
}

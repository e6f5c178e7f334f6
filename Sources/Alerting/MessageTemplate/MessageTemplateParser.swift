import Query

/// Turns the pieces of a message template into nodes; knows the kind of every value while it does.
struct MessageTemplateParser {
    private static let depthLimit = 50
    private let pieces: [TemplateLexer.Piece]
    private var index = 0

    init(_ text: String) throws(QueryError) {
        var lexer = TemplateLexer(text)
        pieces = try lexer.pieces()
    }

    /// The nodes of the whole template.
    mutating func parse() throws(QueryError) -> [MessageNode] {
        let (nodes, end) = try list(dot: .notification, depth: 0)
        if let end { throw QueryError("\(end.word) without if or range", at: end.position) }
        return nodes
    }

    /// An `else` or `end` that closes a list of nodes.
    private struct Closing {
        let word: String
        let rest: ArraySlice<TemplateToken>
        let position: SourcePosition
    }

    private mutating func list(
        dot: MessageType, depth: Int
    ) throws(QueryError) -> (nodes: [MessageNode], end: Closing?) {
        var nodes: [MessageNode] = []
        while index < pieces.count {
            let piece = pieces[index]
            index += 1
            guard case .action(let tokens, let position) = piece else {
                if case .text(let text) = piece, !text.isEmpty { nodes.append(.text(text)) }
                continue
            }
            guard let first = tokens.first else { throw QueryError("{{ }} is empty", at: position) }
            switch first.kind {
            case .word("else"), .word("end"):
                let word = first.kind == .word("end") ? "end" : "else"
                return (nodes, Closing(word: word, rest: tokens.dropFirst(), position: first.position))
            case .word("if"), .word("range"):
                nodes.append(
                    try block(
                        tokens.dropFirst(), isLoop: first.kind == .word("range"), at: first.position, dot: dot,
                        depth: depth + 1))
            case .word(let word) where Self.foreign.contains(word):
                throw QueryError(
                    "\(word) is not supported in message templates; if, range, else and end are", at: first.position)
            default:
                nodes.append(.output(try MessagePipeline.expression(tokens[...], dot: dot, at: position).expression))
            }
        }
        return (nodes, nil)
    }

    private static let foreign: Set<String> = ["with", "define", "block", "template", "break", "continue"]

    private mutating func block(
        _ tokens: ArraySlice<TemplateToken>, isLoop: Bool, at position: SourcePosition, dot: MessageType, depth: Int
    ) throws(QueryError) -> MessageNode {
        let word = isLoop ? "range" : "if"
        guard depth <= Self.depthLimit else {
            throw QueryError("blocks nest deeper than \(Self.depthLimit) levels", at: position)
        }
        let (expression, type) = try MessagePipeline.expression(tokens, dot: dot, at: position)
        if isLoop, type.element == nil { throw QueryError("range takes a list, not a \(type.name)", at: position) }
        let (body, closing) = try list(dot: isLoop ? type.element ?? dot : dot, depth: depth)
        guard let closing else { throw QueryError("this \(word) is not closed with {{ end }}", at: position) }
        var otherwise: [MessageNode] = []
        if closing.word == "else" {
            if let next = closing.rest.first, next.kind == .word("if"), !isLoop {
                otherwise = [
                    try block(closing.rest.dropFirst(), isLoop: false, at: next.position, dot: dot, depth: depth + 1)
                ]
            } else {
                try refuse(closing.rest)
                let (nodes, end) = try list(dot: dot, depth: depth)
                guard let end else { throw QueryError("this \(word) is not closed with {{ end }}", at: position) }
                guard end.word == "end" else { throw QueryError("a second else", at: end.position) }
                try refuse(end.rest)
                otherwise = nodes
            }
        } else {
            try refuse(closing.rest)
        }
        return isLoop
            ? .loop(expression, body: body, otherwise: otherwise)
            : .condition(expression, then: body, otherwise: otherwise)
    }

    private func refuse(_ rest: ArraySlice<TemplateToken>) throws(QueryError) {
        if let first = rest.first { throw QueryError("nothing may follow here", at: first.position) }
    }
}

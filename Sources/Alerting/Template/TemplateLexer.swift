import Query

/// Cuts a template into texts and the words of its actions.
struct TemplateLexer {
    /// A piece of a template before its structure is known.
    enum Piece {
        case text(String)
        case action([TemplateToken], SourcePosition)
    }

    private let scalars: [Unicode.Scalar]
    private var index = 0
    private var line = 1
    private var column = 1

    init(_ text: String) {
        scalars = Array(text.unicodeScalars)
    }

    var position: SourcePosition { SourcePosition(line: line, column: column) }

    var current: Unicode.Scalar? { peek(0) }

    func peek(_ distance: Int) -> Unicode.Scalar? {
        index + distance < scalars.count ? scalars[index + distance] : nil
    }

    mutating func advance(_ count: Int = 1) {
        for _ in 0..<count {
            guard let scalar = current else { return }
            index += 1
            if scalar == "\n" {
                line += 1
                column = 1
            } else {
                column += 1
            }
        }
    }

    func isAt(_ text: String) -> Bool {
        var distance = 0
        for scalar in text.unicodeScalars {
            guard peek(distance) == scalar else { return false }
            distance += 1
        }
        return true
    }

    static func isSpace(_ scalar: Unicode.Scalar?) -> Bool {
        switch scalar {
        case " ", "\t", "\r", "\n": true
        default: false
        }
    }

    /// All pieces of the template; comments are left out, trimming is done.
    mutating func pieces() throws(QueryError) -> [Piece] {
        var pieces: [Piece] = []
        var text: [Unicode.Scalar] = []
        var trimsNext = false
        while let scalar = current {
            guard isAt("{{") else {
                if !trimsNext || !Self.isSpace(scalar) {
                    text.append(scalar)
                    trimsNext = false
                }
                advance()
                continue
            }
            let start = position
            advance(2)
            if current == "-", Self.isSpace(peek(1)) {
                while Self.isSpace(text.last) { text.removeLast() }
                advance(2)
            }
            let tokens = try isAt("/*") ? comment(from: start) : action(from: start)
            trimsNext = tokens.trims
            pieces.append(.text(Self.string(text)))
            text = []
            if let words = tokens.words { pieces.append(.action(words, start)) }
        }
        pieces.append(.text(Self.string(text)))
        return pieces
    }

    private static func string(_ scalars: [Unicode.Scalar]) -> String {
        var view = String.UnicodeScalarView()
        view.append(contentsOf: scalars)
        return String(view)
    }

    /// Takes the closing braces; answers whether they trim, or nil where there are none.
    private mutating func close() -> Bool? {
        if isAt("}}") {
            advance(2)
            return false
        }
        if Self.isSpace(current), isAt(String(current ?? " ") + "-}}") {
            advance(4)
            return true
        }
        return nil
    }

    private mutating func comment(
        from start: SourcePosition
    ) throws(QueryError) -> (words: [TemplateToken]?, trims: Bool) {
        advance(2)
        while current != nil, !isAt("*/") { advance() }
        guard current != nil else { throw QueryError("this comment is not closed with */}}", at: start) }
        advance(2)
        guard let trims = close() else { throw QueryError("a comment ends with */}}", at: position) }
        return (nil, trims)
    }

    private mutating func action(
        from start: SourcePosition
    ) throws(QueryError) -> (words: [TemplateToken]?, trims: Bool) {
        var tokens: [TemplateToken] = []
        var followsSpace = true
        while current != nil {
            if let trims = close() { return (tokens, trims) }
            if Self.isSpace(current) {
                followsSpace = true
                advance()
                continue
            }
            let place = position
            let kind = try word()
            tokens.append(TemplateToken(kind: kind, position: place, followsSpace: followsSpace))
            followsSpace = false
        }
        throw QueryError("this {{ is not closed with }}", at: start)
    }
}

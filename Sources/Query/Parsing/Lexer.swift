import Monitoring

/// Cuts an expression into tokens, one at a time.
struct Lexer {
    let scalars: [Unicode.Scalar]
    private(set) var index = 0
    private var line = 1
    private var column = 1
    /// Whether the next token stands in brackets, where a colon is punctuation.
    private var isInBrackets = false

    init(_ text: String) {
        scalars = Array(text.unicodeScalars)
    }

    /// The place of the next scalar.
    var position: SourcePosition { SourcePosition(line: line, column: column) }

    var current: Unicode.Scalar? { index < scalars.count ? scalars[index] : nil }

    func peek(_ distance: Int) -> Unicode.Scalar? {
        index + distance < scalars.count ? scalars[index + distance] : nil
    }

    mutating func advance() {
        guard let scalar = current else { return }
        index += 1
        if scalar == "\n" {
            line += 1
            column = 1
        } else {
            column += 1
        }
    }

    /// The next token; at the end of the text `end`, as often as asked.
    mutating func next() throws(QueryError) -> Token {
        skipBlanksAndComments()
        let start = position
        guard let scalar = current else { return Token(kind: .end, position: start) }
        switch scalar {
        case ":" where isInBrackets: return Token(kind: .symbol(try symbol(scalar)), position: start)
        case "a"..."z", "A"..."Z", "_", ":": return Token(kind: identifier(), position: start)
        case "0"..."9": return Token(kind: try numberOrDuration(), position: start)
        case "." where peek(1).map { ("0"..."9").contains($0) } == true:
            return Token(kind: try numberOrDuration(), position: start)
        case "\"", "'": return Token(kind: .string(try quotedString(scalar)), position: start)
        case "`": return Token(kind: .string(try rawString()), position: start)
        default: return Token(kind: .symbol(try symbol(scalar)), position: start)
        }
    }

    private mutating func skipBlanksAndComments() {
        while let scalar = current {
            if scalar == "#" {
                while let other = current, other != "\n" { advance() }
            } else if [" ", "\t", "\n", "\r"].contains(scalar) {
                advance()
            } else {
                return
            }
        }
    }

    private mutating func symbol(_ scalar: Unicode.Scalar) throws(QueryError) -> TokenSymbol {
        var pair = String(scalar)
        if let following = peek(1) { pair.unicodeScalars.append(following) }
        if let symbol = TokenSymbol(rawValue: pair) {
            advance()
            advance()
            return symbol
        }
        guard let symbol = TokenSymbol(rawValue: String(scalar)) else {
            throw QueryError("unexpected character \(String(scalar).quoted)", at: position)
        }
        advance()
        if symbol == .leftBracket { isInBrackets = true }
        if symbol == .rightBracket { isInBrackets = false }
        return symbol
    }

    private mutating func identifier() -> TokenKind {
        var text = String.UnicodeScalarView()
        while let scalar = current, Self.continuesIdentifier(scalar) {
            text.append(scalar)
            advance()
        }
        return text.contains(":") ? .metricName(String(text)) : .identifier(String(text))
    }

    static func continuesIdentifier(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "a"..."z", "A"..."Z", "0"..."9", "_", ":": true
        default: false
        }
    }
}

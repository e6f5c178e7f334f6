import Query

extension TemplateLexer {
    /// The next word of an action.
    mutating func word() throws(QueryError) -> TemplateToken.Kind {
        let start = position
        guard let scalar = current else { throw QueryError("a value is missing", at: start) }
        switch scalar {
        case "(":
            advance()
            return .leftParenthesis
        case ")":
            advance()
            return .rightParenthesis
        case "|":
            advance()
            return .pipe
        case "$":
            advance()
            return .variable(name())
        case "\"": return .text(try quoted())
        case "`": return .text(try raw())
        case "0"..."9", "+", "-": return try number()
        case "." where peek(1).map { ("0"..."9").contains($0) } == true: return try number()
        case ".":
            advance()
            return .field(name())
        case "a"..."z", "A"..."Z", "_": return .word(name())
        default: throw QueryError("unexpected character \(String(scalar).quoted) in a template", at: start)
        }
    }

    private mutating func name() -> String {
        var name = ""
        while let scalar = current, Self.continuesName(scalar) {
            name.unicodeScalars.append(scalar)
            advance()
        }
        return name
    }

    private static func continuesName(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "a"..."z", "A"..."Z", "0"..."9", "_": true
        default: false
        }
    }

    /// A decimal number; without point and exponent it is a whole one, as in Go.
    private mutating func number() throws(QueryError) -> TemplateToken.Kind {
        let start = position
        var text = ""
        while let scalar = current {
            let isSign = scalar == "+" || scalar == "-"
            let followsExponent = text.utf8.last == UInt8(ascii: "e") || text.utf8.last == UInt8(ascii: "E")
            guard Self.continuesName(scalar) || scalar == "." || (isSign && (text.isEmpty || followsExponent)) else {
                break
            }
            text.unicodeScalars.append(scalar)
            advance()
        }
        let digits = text.utf8.drop { $0 == UInt8(ascii: "+") || $0 == UInt8(ascii: "-") }
        let isDecimal = digits.allSatisfy { "0123456789.eE+-".utf8.contains($0) }
        let isOctal = digits.count > 1 && digits.first == UInt8(ascii: "0") && !digits.contains(UInt8(ascii: "."))
        guard isDecimal, !isOctal else { throw QueryError("\(text.quoted) is not a decimal number", at: start) }
        if let integer = Int(text) { return .integer(integer) }
        if let number = Double(text), number.isFinite { return .number(number) }
        throw QueryError("\(text.quoted) is not a decimal number", at: start)
    }

    private mutating func raw() throws(QueryError) -> String {
        let start = position
        var text = ""
        advance()
        while let scalar = current {
            advance()
            if scalar == "`" { return text }
            text.unicodeScalars.append(scalar)
        }
        throw QueryError("the closing ` of this text is missing", at: start)
    }

    private mutating func quoted() throws(QueryError) -> String {
        let start = position
        var text = ""
        advance()
        while let scalar = current, scalar != "\n" {
            advance()
            if scalar == "\"" { return text }
            text.unicodeScalars.append(scalar == "\\" ? try escape(from: start) : scalar)
        }
        throw QueryError("the closing \" of this text is missing", at: start)
    }

    private mutating func escape(from start: SourcePosition) throws(QueryError) -> Unicode.Scalar {
        guard let scalar = current else { throw QueryError("the closing \" of this text is missing", at: start) }
        if let plain = GoEscape.plain(scalar, quote: "\"") {
            advance()
            return plain
        }
        guard let format = GoEscape(scalar) else {
            throw QueryError("unknown escape \\\(scalar); a backslash is written \\\\", at: position)
        }
        if format.hasPrefixLetter { advance() }
        var digits = ""
        while digits.utf8.count < format.length, let digit = current, digit.isASCII, digit != "\"" {
            digits.unicodeScalars.append(digit)
            advance()
        }
        guard let result = format.scalar(digits) else {
            throw QueryError("\(digits.quoted) is no valid escape; above \\x7f write \\u and four digits", at: position)
        }
        return result
    }
}

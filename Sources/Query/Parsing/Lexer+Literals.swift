import Monitoring

extension Lexer {
    /// A number such as `5`, `0.5`, `1e-3`, `0x1F`, or a duration such as `5m`.
    mutating func numberOrDuration() throws(QueryError) -> TokenKind {
        let start = position
        var text = ""
        if current == "0", peek(1) == "x" || peek(1) == "X" { return .number(try hexNumber()) }
        while let scalar = current, isPartOfNumber(scalar, text) {
            text.unicodeScalars.append(scalar)
            advance()
        }
        if let number = Self.decimal(text) { return .number(number) }
        if let duration = PrometheusDuration(text) { return .duration(duration) }
        if text.utf8.count > 1, text.utf8.first == UInt8(ascii: "0"), text.utf8.allSatisfy(Self.isDigit) {
            throw QueryError("\(text) would be octal in Prometheus; write it without leading zeros", at: start)
        }
        throw QueryError("\(text.quoted) is neither a number nor a duration", at: start)
    }

    /// Letters belong to durations and to exponents; a sign only follows an exponent's `e`.
    private func isPartOfNumber(_ scalar: Unicode.Scalar, _ text: String) -> Bool {
        switch scalar {
        case "0"..."9", "a"..."z", "A"..."Z", "_", ".": return true
        case "+", "-":
            guard text.utf8.last == UInt8(ascii: "e") || text.utf8.last == UInt8(ascii: "E") else { return false }
            return text.utf8.dropLast().allSatisfy { Self.isDigit($0) || $0 == UInt8(ascii: ".") }
        default: return false
        }
    }

    static func isDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }

    /// The value of a decimal number, or nil where the text is none, has a misleading leading zero or does not fit.
    static func decimal(_ text: String) -> Double? {
        let allowed = text.utf8.allSatisfy { isDigit($0) || ".eE+-".utf8.contains($0) }
        let wholePart = text.utf8.prefix(while: isDigit)
        let isOctal = wholePart.count > 1 && wholePart.first == UInt8(ascii: "0") && wholePart.count == text.utf8.count
        guard allowed, !isOctal, let number = Double(text), number.isFinite else { return nil }
        return number
    }

    private mutating func hexNumber() throws(QueryError) -> Double {
        let start = position
        advance()
        advance()
        var digits = ""
        while let scalar = current, Self.continuesIdentifier(scalar) || scalar == "." {
            digits.unicodeScalars.append(scalar)
            advance()
        }
        let isHex = digits.utf8.allSatisfy { "0123456789abcdefABCDEF".utf8.contains($0) }
        guard isHex, let number = Int64(digits, radix: 16) else {
            throw QueryError("\("0x" + digits) is not a hexadecimal whole number of 63 bits", at: start)
        }
        return Double(number)
    }

    /// A text in backquotes, without escapes.
    mutating func rawString() throws(QueryError) -> String {
        let start = position
        advance()
        var text = String.UnicodeScalarView()
        while let scalar = current {
            advance()
            if scalar == "`" { return String(text) }
            text.append(scalar)
        }
        throw QueryError("the closing ` of this string is missing", at: start)
    }

    /// A text in single or double quotes, with Go's escapes.
    mutating func quotedString(_ quote: Unicode.Scalar) throws(QueryError) -> String {
        let start = position
        advance()
        var text = String.UnicodeScalarView()
        while let scalar = current, scalar != "\n" {
            if scalar == "\\" {
                text.append(try escape(quote))
                continue
            }
            advance()
            if scalar == quote { return String(text) }
            text.append(scalar)
        }
        throw QueryError("the closing \(quote) of this string is missing", at: start)
    }

    private mutating func escape(_ quote: Unicode.Scalar) throws(QueryError) -> Unicode.Scalar {
        let start = position
        advance()
        guard let scalar = current else { throw QueryError("a string ends inside an escape", at: start) }
        if let plain = GoEscape.plain(scalar, quote: quote) {
            advance()
            return plain
        }
        guard let format = GoEscape(scalar) else {
            throw QueryError("unknown escape \\\(scalar); a backslash is written \\\\", at: start)
        }
        if format.hasPrefixLetter { advance() }
        var digits = ""
        while digits.utf8.count < format.length, let digit = current, digit.isASCII, digit != quote {
            digits.unicodeScalars.append(digit)
            advance()
        }
        guard let result = format.scalar(digits) else {
            throw QueryError("\(digits.quoted) is no valid escape; above \\x7f write \\u and four digits", at: start)
        }
        return result
    }
}

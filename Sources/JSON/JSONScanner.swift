/// A plain reader of JSON text, for documents that simdjson refuses: it finds where they are wrong.
///
/// It also collects the numbers that are right and that simdjson cannot represent. It does not recurse.
struct JSONScanner: ~Escapable {
    /// A number beyond what simdjson takes.
    struct Number {
        /// The place of its first byte.
        let start: Int

        /// The place after its last byte.
        let end: Int

        /// How many numbers come before it in the document.
        let ordinal: Int

        /// The nearest double, or an infinity.
        let value: Double
    }

    /// Numbers outside the range of 64-bit integers or of doubles.
    private(set) var numbers: [Number] = []

    private let bytes: Span<UInt8>
    private let depth: Int
    private var offset = 0
    private var numberCount = 0
    /// For every open container whether it is an object.
    private var containers: [Bool] = []

    @_lifetime(copy bytes)
    init(_ bytes: Span<UInt8>, depth: Int) {
        self.bytes = bytes
        self.depth = depth
    }

    /// Reads the whole document, or throws the first mistake.
    mutating func scanDocument() throws(JSONError) {
        do {
            _ = try UTF8Span(validating: bytes)
        } catch {
            throw JSONError(.encoding, offset: error.byteOffsets.lowerBound)
        }
        var expects = Expectation.value
        while expects != .end {
            skipWhitespace()
            expects = try step(expects)
        }
        skipWhitespace()
        if offset < bytes.count { throw JSONError(.syntax, offset: offset) }
    }

    private enum Expectation {
        case value
        case valueOrEnd
        case key
        case keyOrEnd
        case separatorOrEnd
        case end
    }

    /// Reads one token and tells what may follow it.
    private mutating func step(_ expects: Expectation) throws(JSONError) -> Expectation {
        guard let byte = peek() else { throw JSONError(.truncated, offset: offset) }
        switch (expects, byte) {
        case (.valueOrEnd, UInt8(ascii: "]")), (.keyOrEnd, UInt8(ascii: "}")): return close()
        case (.value, _), (.valueOrEnd, _): return try value(byte)
        case (.key, UInt8(ascii: "\"")), (.keyOrEnd, UInt8(ascii: "\"")):
            try string()
            skipWhitespace()
            try expect(UInt8(ascii: ":"))
            return .value
        case (.separatorOrEnd, UInt8(ascii: ",")):
            offset += 1
            return containers.last == true ? .key : .value
        case (.separatorOrEnd, UInt8(ascii: "}")) where containers.last == true: return close()
        case (.separatorOrEnd, UInt8(ascii: "]")) where containers.last == false: return close()
        default: throw JSONError(.syntax, offset: offset)
        }
    }

    private mutating func value(_ byte: UInt8) throws(JSONError) -> Expectation {
        switch byte {
        case UInt8(ascii: "{"), UInt8(ascii: "["):
            if containers.count == depth { throw JSONError(.depth, offset: offset) }
            containers.append(byte == UInt8(ascii: "{"))
            offset += 1
            return byte == UInt8(ascii: "{") ? .keyOrEnd : .valueOrEnd
        case UInt8(ascii: "\""): try string()
        case UInt8(ascii: "t"): try word("true")
        case UInt8(ascii: "f"): try word("false")
        case UInt8(ascii: "n"): try word("null")
        default: try number()
        }
        return afterValue
    }

    private mutating func close() -> Expectation {
        containers.removeLast()
        offset += 1
        return afterValue
    }

    private var afterValue: Expectation { containers.isEmpty ? .end : .separatorOrEnd }

    private mutating func word(_ word: String) throws(JSONError) {
        for byte in word.utf8 { try expect(byte) }
    }

    private mutating func expect(_ byte: UInt8) throws(JSONError) {
        guard let found = peek() else { throw JSONError(.truncated, offset: offset) }
        if found != byte { throw JSONError(.syntax, offset: offset) }
        offset += 1
    }

    private func peek() -> UInt8? { offset < bytes.count ? bytes[offset] : nil }

    private mutating func skipWhitespace() {
        while let byte = peek(), byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { offset += 1 }
    }

    private mutating func string() throws(JSONError) {
        offset += 1
        while let byte = peek() {
            offset += 1
            switch byte {
            case UInt8(ascii: "\""): return
            case UInt8(ascii: "\\"): try escape()
            case 0..<0x20: throw JSONError(.syntax, offset: offset - 1)
            default: break
            }
        }
        throw JSONError(.truncated, offset: offset)
    }

    private mutating func escape() throws(JSONError) {
        guard let byte = peek() else { throw JSONError(.truncated, offset: offset) }
        guard "\"\\/bfnrtu".utf8.contains(byte) else { throw JSONError(.syntax, offset: offset) }
        offset += 1
        guard byte == UInt8(ascii: "u") else { return }
        for _ in 0..<4 {
            guard let digit = peek() else { throw JSONError(.truncated, offset: offset) }
            if Self.hexValue(digit) == nil { throw JSONError(.syntax, offset: offset) }
            offset += 1
        }
    }

    private mutating func number() throws(JSONError) {
        let start = offset
        var isInteger = true
        if peek() == UInt8(ascii: "-") { offset += 1 }
        if peek() == UInt8(ascii: "0") { offset += 1 } else { try digits() }
        if peek() == UInt8(ascii: ".") {
            isInteger = false
            offset += 1
            try digits()
        }
        if let byte = peek(), byte == UInt8(ascii: "e") || byte == UInt8(ascii: "E") {
            isInteger = false
            offset += 1
            if let sign = peek(), sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") { offset += 1 }
            try digits()
        }
        keepIfUnusual(start: start, isInteger: isInteger)
        numberCount += 1
    }

    private mutating func digits() throws(JSONError) {
        let start = offset
        while let byte = peek(), (0x30...0x39).contains(byte) { offset += 1 }
        if offset > start { return }
        throw JSONError(offset == bytes.count ? .truncated : .syntax, offset: offset)
    }

    private mutating func keepIfUnusual(start: Int, isInteger: Bool) {
        // Up to 18 digits fit in 64 bits, and what is as short and has no exponent is a plain double.
        if isInteger, offset - start <= 18 { return }
        let text = String(copyingUTF8: bytes.extracting(start..<offset))
        if isInteger, Int64(text) != nil || UInt64(text) != nil { return }
        let value = Double(text) ?? .infinity
        if !isInteger, value.isFinite { return }
        numbers.append(Number(start: start, end: offset, ordinal: numberCount, value: value))
    }
}

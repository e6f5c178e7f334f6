/// Parses the JSON of test data, which is well formed and has no escapes but the common ones.
struct JSONValueParser {
    let bytes: [UInt8]
    private var position = 0

    init(bytes: [UInt8]) { self.bytes = bytes }

    mutating func value() throws -> JSONValue {
        switch next() {
        case UInt8(ascii: "{"): return try object()
        case UInt8(ascii: "["): return try array()
        case UInt8(ascii: "\""): return .text(try text())
        default: return try word()
        }
    }

    /// The next byte that is not white space.
    private mutating func next() -> UInt8? {
        while position < bytes.count, bytes[position] <= 0x20 { position += 1 }
        return position < bytes.count ? bytes[position] : nil
    }

    private mutating func take(_ byte: UInt8) -> Bool {
        guard next() == byte else { return false }
        position += 1
        return true
    }

    private mutating func object() throws -> JSONValue {
        var members: [String: JSONValue] = [:]
        position += 1
        if take(UInt8(ascii: "}")) { return .object(members) }
        repeat {
            guard next() == UInt8(ascii: "\"") else { throw JSONValue.Malformed(offset: position) }
            let key = try text()
            guard take(UInt8(ascii: ":")) else { throw JSONValue.Malformed(offset: position) }
            members[key] = try value()
        } while take(UInt8(ascii: ","))
        guard take(UInt8(ascii: "}")) else { throw JSONValue.Malformed(offset: position) }
        return .object(members)
    }

    private mutating func array() throws -> JSONValue {
        var elements: [JSONValue] = []
        position += 1
        if take(UInt8(ascii: "]")) { return .array(elements) }
        repeat { elements.append(try value()) } while take(UInt8(ascii: ","))
        guard take(UInt8(ascii: "]")) else { throw JSONValue.Malformed(offset: position) }
        return .array(elements)
    }

    private mutating func text() throws -> String {
        position += 1
        var content: [UInt8] = []
        while position < bytes.count, bytes[position] != UInt8(ascii: "\"") {
            if bytes[position] == UInt8(ascii: "\\") { position += 1 }
            content.append(bytes[position])
            position += 1
        }
        position += 1
        return String(decoding: content, as: UTF8.self)
    }

    private mutating func word() throws -> JSONValue {
        let start = position
        while position < bytes.count, !",]} \n\r\t".utf8.contains(bytes[position]) { position += 1 }
        let word = String(decoding: bytes[start..<position], as: UTF8.self)
        switch word {
        case "null": return .null
        case "true": return .bool(true)
        case "false": return .bool(false)
        default:
            guard let number = Double(word) else { throw JSONValue.Malformed(offset: start) }
            return .number(number)
        }
    }
}

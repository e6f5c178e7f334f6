import Foundation

/// A parsed JSON document, as tests walk it; numbers are read to the last bit.
enum JSONValue: Sendable {
    case null
    case bool(Bool)
    case number(Double)
    case text(String)
    case array([JSONValue])
    case object([String: JSONValue])

    struct Malformed: Error {
        let offset: Int
    }

    init(_ bytes: [UInt8]) throws {
        var parser = JSONValueParser(bytes: bytes)
        self = try parser.value()
    }

    init(file: URL) throws {
        try self.init([UInt8](Data(contentsOf: file)))
    }

    subscript(_ key: String) -> JSONValue {
        guard case .object(let members) = self else { return .null }
        return members[key] ?? .null
    }

    subscript(_ index: Int) -> JSONValue {
        array.indices.contains(index) ? array[index] : .null
    }

    var array: [JSONValue] {
        guard case .array(let elements) = self else { return [] }
        return elements
    }

    var object: [String: JSONValue] {
        guard case .object(let members) = self else { return [:] }
        return members
    }

    var number: Double? {
        guard case .number(let number) = self else { return nil }
        return number
    }

    var text: String? {
        guard case .text(let text) = self else { return nil }
        return text
    }

    var bool: Bool? {
        guard case .bool(let bool) = self else { return nil }
        return bool
    }

    var int: Int? { number.flatMap { Int(exactly: $0) } }
    /// Numbers with NaN for null.
    var numbers: [Double] { array.map { $0.number ?? .nan } }
    var ints: [Int] { array.compactMap(\.int) }
}

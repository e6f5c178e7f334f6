/// A small JSON document as a value of its own, for settings and answers of other systems.
package enum JSONNode: Sendable {
    /// Members in the order in which they were written.
    case object([Member])

    /// Values in order.
    case array([JSONNode])

    /// Text.
    case string(String)

    /// A number with a fraction or an exponent, or beyond 64 bits.
    case number(Double)

    /// A number that was written as an integer.
    case integer(Int64)

    /// `true` or `false`.
    case bool(Bool)

    /// `null`.
    case null

    /// A key of an object with its value.
    package struct Member: Sendable, Equatable {
        /// The key.
        package let name: String

        /// The value.
        package let value: JSONNode

        /// A key with its value.
        package init(_ name: String, _ value: JSONNode) {
            self.name = name
            self.value = value
        }
    }

    /// Parses a document of UTF-8 bytes.
    package init(parsing bytes: [UInt8], limits: JSONLimits = JSONLimits()) throws(JSONError) {
        var parser = JSONParser(limits: limits)
        let root = try parser.parse(bytes.span)
        self.init(root)
    }

    /// Parses a document of text.
    package init(parsing text: String, limits: JSONLimits = JSONLimits()) throws(JSONError) {
        try self.init(parsing: Array(text.utf8), limits: limits)
    }

    /// A copy of a parsed value.
    ///
    /// - Complexity: O(size); recursion no deeper than the parser let through.
    package init(_ value: borrowing JSONValue) {
        switch value.kind {
        case .object:
            var list: [Member] = []
            list.reserveCapacity(value.count)
            var members = value.members
            while let member = members.next() { list.append(Member(member.name, JSONNode(member.value))) }
            self = .object(list)
        case .array:
            var list: [JSONNode] = []
            list.reserveCapacity(value.count)
            var elements = value.elements
            while let element = elements.next() { list.append(JSONNode(element)) }
            self = .array(list)
        case .string: self = .string(value.string ?? "")
        case .number: self = value.int64.map(JSONNode.integer) ?? value.double.map(JSONNode.number) ?? .null
        case .bool: self = .bool(value.bool ?? false)
        case .hugeNumber, .null: self = .null
        }
    }

    /// The document as compact UTF-8 bytes.
    package var bytes: [UInt8] {
        var writer = JSONWriter()
        writer.value(self)
        return writer.bytes
    }

    /// The document as compact text.
    package var text: String { String(decoding: bytes, as: UTF8.self) }
}

extension JSONNode: Equatable {
    /// Whether both are written the same, byte for byte: members in the same order, `1` equal to `1.0`.
    package static func == (left: Self, right: Self) -> Bool {
        left.bytes == right.bytes
    }
}

/// Reading: everything answers nil for a node of another kind.
extension JSONNode {
    /// The value of a key, compared by bytes; nil where there is none.
    ///
    /// - Complexity: O(members).
    package subscript(name: String) -> JSONNode? {
        members?.first { $0.name.utf8.elementsEqual(name.utf8) }?.value
    }

    /// The members of an object.
    package var members: [Member]? {
        guard case .object(let members) = self else { return nil }
        return members
    }

    /// The elements of an array.
    package var elements: [JSONNode]? {
        guard case .array(let elements) = self else { return nil }
        return elements
    }

    /// A text.
    package var string: String? {
        guard case .string(let text) = self else { return nil }
        return text
    }

    /// A number of either kind as a double.
    package var double: Double? {
        switch self {
        case .number(let number): number
        case .integer(let integer): Double(integer)
        default: nil
        }
    }

    /// A number that is whole and fits in 64 bits, however it was written.
    package var int64: Int64? {
        switch self {
        case .number(let number): Int64(exactly: number)
        case .integer(let integer): integer
        default: nil
        }
    }

    /// `true` or `false`.
    package var bool: Bool? {
        guard case .bool(let truth) = self else { return nil }
        return truth
    }

    /// Whether the node is `null`.
    package var isNull: Bool {
        guard case .null = self else { return false }
        return true
    }

    /// What the node is.
    package var kind: JSONKind {
        switch self {
        case .object: .object
        case .array: .array
        case .string: .string
        case .number, .integer: .number
        case .bool: .bool
        case .null: .null
        }
    }

    /// The shortest text of a string, number or boolean: `1` for `1.0`, `true`.
    package var scalarText: String? {
        switch self {
        case .string(let text): text
        case .number(let number): NumberText.shortest(number)
        case .integer(let integer): integer.description
        case .bool(let truth): truth ? "true" : "false"
        case .object, .array, .null: nil
        }
    }
}

extension JSONNode: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral,
    ExpressibleByBooleanLiteral, ExpressibleByNilLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
    package init(stringLiteral value: String) { self = .string(value) }
    package init(integerLiteral value: Int64) { self = .integer(value) }
    package init(floatLiteral value: Double) { self = .number(value) }
    package init(booleanLiteral value: Bool) { self = .bool(value) }
    package init(nilLiteral: ()) { self = .null }
    package init(arrayLiteral elements: JSONNode...) { self = .array(elements) }
    package init(dictionaryLiteral elements: (String, JSONNode)...) {
        self = .object(elements.map { Member($0.0, $0.1) })
    }
}

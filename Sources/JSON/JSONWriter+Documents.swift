/// Values that exist already: parsed ones and nodes.
extension JSONWriter {
    /// Writes a parsed value as it is, with numbers in their shortest form.
    ///
    /// - Complexity: O(size); recursion no deeper than the parser let through.
    package mutating func value(_ parsed: borrowing JSONValue) {
        switch parsed.kind {
        case .object:
            object { object in
                var members = parsed.members
                while let member = members.next() {
                    object.key(member.name)
                    object.value(member.value)
                }
            }
        case .array:
            array { array in
                var elements = parsed.elements
                while let element = elements.next() { array.value(element) }
            }
        case .string: value(parsed.string)
        case .number: value(json: parsed.text ?? "null")
        case .bool: value(parsed.bool)
        case .hugeNumber, .null: null()
        }
    }

    /// Writes a node.
    ///
    /// - Complexity: O(size); recursion as deep as the node.
    package mutating func value(_ node: JSONNode) {
        switch node {
        case .object(let members):
            object { object in
                for member in members { object.member(member.name, member.value) }
            }
        case .array(let elements):
            array { array in
                for element in elements { array.value(element) }
            }
        case .string(let text): value(text)
        case .number(let number): value(number)
        case .integer(let integer): value(integer)
        case .bool(let truth): value(truth)
        case .null: null()
        }
    }
}

/// A key and its value in one call.
extension JSONWriter {
    /// Writes a member with a text, or `null`.
    package mutating func member(_ name: String, _ text: String?) {
        key(name)
        value(text)
    }

    /// Writes a member with a number, or `null` for nil and for what is not finite.
    package mutating func member(_ name: String, _ number: Double?) {
        key(name)
        value(number)
    }

    /// Writes a member with a whole number, or `null`.
    package mutating func member<Number: FixedWidthInteger>(_ name: String, _ number: Number?) {
        key(name)
        value(number)
    }

    /// Writes a member that is `true`, `false` or `null`.
    package mutating func member(_ name: String, _ truth: Bool?) {
        key(name)
        value(truth)
    }

    /// Writes a member with a document of its own.
    package mutating func member(_ name: String, _ node: JSONNode) {
        key(name)
        value(node)
    }

    /// Writes a member whose value is already JSON; it is not looked at.
    package mutating func member(_ name: String, json text: String) {
        key(name)
        value(json: text)
    }

    /// Writes a member that is an object; the closure writes its members.
    package mutating func object<E: Error>(
        _ name: String, _ members: (inout JSONWriter) throws(E) -> Void
    ) throws(E) {
        key(name)
        try object(members)
    }

    /// Writes a member that is an array; the closure writes its elements.
    package mutating func array<E: Error>(
        _ name: String, _ elements: (inout JSONWriter) throws(E) -> Void
    ) throws(E) {
        key(name)
        try array(elements)
    }

    /// Writes a member that is an array of texts.
    package mutating func member(_ name: String, _ texts: [String]) {
        array(name) { array in
            for text in texts { array.value(text) }
        }
    }

    /// Writes a member that is an array of numbers, `null` for each that is nil or not finite.
    package mutating func member(_ name: String, _ numbers: [Double?]) {
        array(name) { array in
            for number in numbers { array.value(number) }
        }
    }

    /// Writes a member that is an array of whole numbers.
    package mutating func member(_ name: String, _ numbers: [Int]) {
        array(name) { array in
            for number in numbers { array.value(number) }
        }
    }
}

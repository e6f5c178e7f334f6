/// One value of a parsed document, read where it lies; it lives no longer than the next parse.
///
/// Accessors answer nil for a value of another kind. All are O(1) unless they say otherwise.
package struct JSONValue: ~Escapable {
    @usableFromInline let tape: JSONTape
    @usableFromInline let index: Int

    @usableFromInline
    @_lifetime(copy tape)
    init(tape: JSONTape, index: Int) {
        self.tape = tape
        self.index = index
    }

    /// What the value is.
    @inlinable package var kind: JSONKind {
        switch tape.tag(index) {
        case TapeTag.object: .object
        case TapeTag.array: .array
        case TapeTag.string: .string
        case TapeTag.integer, TapeTag.unsigned, TapeTag.double, TapeTag.bigInteger: .number
        case TapeTag.huge: .hugeNumber
        case TapeTag.yes, TapeTag.no: .bool
        default: .null
        }
    }

    /// The UTF-8 bytes of a string, its escapes resolved.
    @inlinable package var utf8: Span<UInt8>? {
        @_lifetime(copy self) get {
            guard tape.tag(index) == TapeTag.string else { return nil }
            return tape.text(index)
        }
    }

    /// A string, copied.
    ///
    /// - Complexity: O(length).
    package var string: String? {
        guard tape.tag(index) == TapeTag.string else { return nil }
        return String(copyingUTF8: tape.text(index))
    }

    /// A number as the nearest double; nil also for a huge number.
    @inlinable package var double: Double? {
        switch tape.tag(index) {
        case TapeTag.double, TapeTag.bigInteger: Double(bitPattern: tape.words[index + 1])
        case TapeTag.integer: Double(Int64(bitPattern: tape.words[index + 1]))
        case TapeTag.unsigned: Double(tape.words[index + 1])
        default: nil
        }
    }

    /// A number that was written as an integer and fits in 64 bits.
    @inlinable package var int64: Int64? {
        guard tape.tag(index) == TapeTag.integer else { return nil }
        return Int64(bitPattern: tape.words[index + 1])
    }

    /// Whether the value was written as an integer that no double is equal to, such as 2^53 + 1.
    @inlinable package var isInexactInteger: Bool {
        switch tape.tag(index) {
        case TapeTag.integer:
            let value = Int64(bitPattern: tape.words[index + 1])
            return value.magnitude > 1 << 53 && Int64(exactly: Double(value)) != value
        case TapeTag.unsigned:
            let value = tape.words[index + 1]
            return UInt64(exactly: Double(value)) != value
        case TapeTag.bigInteger: return true
        default: return false
        }
    }

    /// `true` or `false`.
    @inlinable package var bool: Bool? {
        switch tape.tag(index) {
        case TapeTag.yes: true
        case TapeTag.no: false
        default: nil
        }
    }

    /// Whether the value is `null`.
    @inlinable package var isNull: Bool { tape.tag(index) == TapeTag.null }

    /// The shortest text of a string, number or boolean: `1` for `1.0`, `true`; nil for anything else.
    ///
    /// - Complexity: O(length).
    package var text: String? {
        switch tape.tag(index) {
        case TapeTag.string: String(copyingUTF8: tape.text(index))
        case TapeTag.integer: Int64(bitPattern: tape.words[index + 1]).description
        case TapeTag.unsigned: tape.words[index + 1].description
        case TapeTag.double, TapeTag.bigInteger: NumberText.shortest(Double(bitPattern: tape.words[index + 1]))
        case TapeTag.yes: "true"
        case TapeTag.no: "false"
        default: nil
        }
    }

    /// How many members or elements a container has, counted up to 16,777,215; 0 for anything else.
    @inlinable package var count: Int {
        switch tape.tag(index) {
        case TapeTag.object, TapeTag.array: Int(tape.words[index] >> 32 & 0xFF_FFFF)
        default: 0
        }
    }

    /// The members of an object in the order in which they were written; none for anything else.
    @inlinable package var members: JSONMembers {
        @_lifetime(copy self) get { JSONMembers(tape: tape, container: index) }
    }

    /// The elements of an array; none for anything else.
    @inlinable package var elements: JSONElements {
        @_lifetime(copy self) get { JSONElements(tape: tape, container: index) }
    }

    /// The value of a key of an object.
    ///
    /// - Complexity: O(members).
    @_lifetime(copy self)
    package func member(_ name: StaticString) -> JSONValue? {
        var members = members
        while let member = members.next() {
            if member.isNamed(name) { return member.value }
        }
        return nil
    }
}

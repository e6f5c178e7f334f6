/// A key of an object with its value, read where they lie.
package struct JSONMember: ~Escapable {
    @usableFromInline let tape: JSONTape
    @usableFromInline let index: Int

    @usableFromInline
    @_lifetime(copy tape)
    init(tape: JSONTape, index: Int) {
        self.tape = tape
        self.index = index
    }

    /// The UTF-8 bytes of the key, its escapes resolved.
    @inlinable package var key: Span<UInt8> {
        @_lifetime(copy self) get { tape.text(index) }
    }

    /// The key, copied.
    ///
    /// - Complexity: O(length).
    package var name: String { String(copyingUTF8: tape.text(index)) }

    /// The value.
    @inlinable package var value: JSONValue {
        @_lifetime(copy self) get { JSONValue(tape: tape, index: index + 1) }
    }

    /// Whether the key has exactly these bytes.
    package func isNamed(_ name: StaticString) -> Bool {
        let key = tape.text(index)
        guard key.count == name.utf8CodeUnitCount else { return false }
        return name.withUTF8Buffer { bytes in
            for place in bytes.indices where unsafe bytes[place] != key[place] { return false }
            return true
        }
    }
}

/// A walk over the elements of an array: `while let element = elements.next()`.
package struct JSONElements: ~Escapable {
    @usableFromInline let tape: JSONTape
    @usableFromInline var index: Int
    @usableFromInline let end: Int

    @inlinable
    @_lifetime(copy tape)
    init(tape: JSONTape, container: Int) {
        self.tape = tape
        index = container + 1
        end = tape.tag(container) == TapeTag.array ? tape.end(of: container) - 1 : index
    }

    /// The next element, nil after the last.
    @inlinable
    @inline(__always)
    @_lifetime(copy self)
    package mutating func next() -> JSONValue? {
        guard index < end else { return nil }
        let element = index
        index = tape.end(of: element)
        return JSONValue(tape: tape, index: element)
    }
}

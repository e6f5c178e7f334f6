/// A walk over the members of an object: `while let member = members.next()`.
package struct JSONMembers: ~Escapable {
    @usableFromInline let tape: JSONTape
    @usableFromInline var index: Int
    @usableFromInline let end: Int

    @inlinable
    @_lifetime(copy tape)
    init(tape: JSONTape, container: Int) {
        self.tape = tape
        index = container + 1
        end = tape.tag(container) == TapeTag.object ? tape.end(of: container) - 1 : index
    }

    /// The next member, nil after the last.
    @inlinable
    @inline(__always)
    @_lifetime(copy self)
    package mutating func next() -> JSONMember? {
        guard index < end else { return nil }
        let key = index
        index = tape.end(of: key + 1)
        return JSONMember(tape: tape, index: key)
    }
}

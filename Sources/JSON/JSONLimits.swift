/// What a document may hold at most, so that a small body cannot cause much work.
package struct JSONLimits: Hashable, Sendable {
    /// How many containers may lie inside one another.
    package var depth: Int

    /// How many keys one object may have.
    package var keys: Int

    /// How many bytes of UTF-8 a string or a key may have.
    package var stringBytes: Int

    /// Limits; the defaults are those of every request body.
    package init(depth: Int = 64, keys: Int = 20_000, stringBytes: Int = 1_048_576) {
        self.depth = depth
        self.keys = keys
        self.stringBytes = stringBytes
    }
}

/// One header line of a request that leaves.
package struct OutboundHeader: Hashable, Sendable {
    /// The name as it is sent.
    package let name: String
    /// The value as it is sent, without line breaks.
    package let value: String

    /// A header; neither part may hold a line break or NUL.
    package init(_ name: String, _ value: String) {
        precondition(
            !(name + value).utf8.contains { $0 == 0x0D || $0 == 0x0A || $0 == 0 }, "a header has no line break in it")
        self.name = name
        self.value = value
    }
}

/// Why one row of a request was not stored.
package struct RowRejection: Hashable, Sendable {
    /// The place of the row among the data rows, from 0.
    package let index: Int

    /// A JSON pointer to the part at fault, relative to the row.
    package let pointer: String

    /// What is wrong and what to send instead.
    package let detail: String

    /// A rejection of the row at `index`.
    package init(index: Int, pointer: String, detail: String) {
        self.index = index
        self.pointer = pointer
        self.detail = detail
    }
}

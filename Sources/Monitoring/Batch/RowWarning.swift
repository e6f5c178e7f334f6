/// What was noticed about one row that was stored all the same.
package struct RowWarning: Hashable, Sendable {
    /// The place of the row among the data rows, from 0.
    package let index: Int

    /// A JSON pointer to the part in question, relative to the row.
    package let pointer: String

    /// What was noticed and what was done about it.
    package let detail: String

    /// A warning about the row at `index`.
    package init(index: Int, pointer: String, detail: String) {
        self.index = index
        self.pointer = pointer
        self.detail = detail
    }
}

package import Statistics

/// Names that a batch brought and that the model did not know.
package struct Admission: Sendable {
    /// Categories beyond the reference's, by column.
    package let categories: [ColumnName: [ByteText]]

    /// Slices besides the pooled one.
    package let slices: [Slice]

    /// Whether nothing is new.
    package var isEmpty: Bool { categories.isEmpty && slices.isEmpty }
}

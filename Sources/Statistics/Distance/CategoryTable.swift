/// Counts of reference and window over the union of their categories.
///
/// Every category that has a name on either side is one row, in the order of their bytes; every hash cell that either side
/// uses is one more, because no one knows the names in it. Nulls are left out. O(c log c).
package struct CategoryTable: Hashable, Sendable {
    /// One category; without a name it is a hash cell.
    package struct Row: Hashable, Sendable {
        package let name: ByteText?
        package let reference: Int
        package let window: Int
    }

    /// The categories in the order of their bytes, then the hash cells.
    package let rows: [Row]

    /// Compares two sides, both projected onto the same names.
    package init(reference: CategoricalSummary, window: CategoricalSummary) {
        let names = Set(reference.named.keys).union(window.named.keys).sorted()
        let cells = Set(reference.hashed.keys).union(window.hashed.keys).sorted()
        rows =
            names.map {
                Row(name: $0, reference: reference.named[$0, default: 0], window: window.named[$0, default: 0])
            }
            + cells.map {
                Row(name: nil, reference: reference.hashed[$0, default: 0], window: window.hashed[$0, default: 0])
            }
    }

    /// The counts alone, as distances take them.
    package var counts: PairedCounts {
        PairedCounts(reference: rows.map(\.reference), window: rows.map(\.window))
    }

    /// The counts with everything that the reference does not have in one bin, as NannyML takes them.
    package var pooledCounts: PairedCounts {
        let known = rows.filter { $0.reference != 0 }
        return PairedCounts(reference: known.map(\.reference) + [0], window: known.map(\.window) + [unseen])
    }

    /// How many window values are of categories that the reference does not have.
    package var unseen: Int { rows.reduce(0) { $0 &+ ($1.reference == 0 ? $1.window : 0) } }

    /// How many window values there are.
    package var windowTotal: Int { rows.reduce(0) { $0 &+ $1.window } }
}

/// How many rows of categories that a reference never saw are to be expected.
///
/// A reference of n rows that saw `singletons` categories once leaves categories of probability `singletons / n` unseen (Good
/// 1953, after Turing). What a window has of them is tested by ``UnseenLaw``, which needs no such estimate.
package struct UnseenShare: Hashable, Sendable {
    /// How many rows the reference has.
    package let rows: Int
    /// How many categories occur once in the reference.
    package let singletons: Int

    /// What the counts of a reference say. O(categories).
    package init(reference: CategoricalSummary) {
        rows = reference.count
        singletons = reference.named.values.reduce(0) { $0 + ($1 == 1 ? 1 : 0) }
    }

    /// The share of rows of unseen categories to expect; nil without reference rows.
    package var expected: Double? { RowShare(singletons, of: rows).value }
}

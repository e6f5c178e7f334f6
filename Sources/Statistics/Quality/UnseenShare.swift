/// How many rows of a window may be of categories that the reference never saw, without any change.
///
/// A reference of n rows that saw `singletons` categories once and `pairs` twice leaves categories of probability
/// `singletons / n` unseen (Good 1953, after Turing). That estimate misses the true probability with variance
/// `(singletons + 2 pairs) / n^2` (Esty 1983), as a share that was counted over fewer rows would: so the window's unseen
/// rows are tested, upwards only, against `singletons` of n rows, both shrunk by
/// `(singletons + 1) / (singletons + 1 + 2 pairs)`. A column of many rare values raises no alarm for having them; one of
/// few frequent values does at the first handful of new ones. Smallest sound sample: that of ``ShareTest``.
package struct UnseenShare: Hashable, Sendable {
    /// How many rows the reference has.
    package let rows: Int
    /// How many categories occur once in the reference.
    package let singletons: Int
    /// How many categories occur twice in the reference.
    package let pairs: Int

    /// What the counts of a reference say. O(categories).
    package init(reference: CategoricalSummary) {
        rows = reference.count
        var (once, twice) = (0, 0)
        for count in reference.named.values {
            once += count == 1 ? 1 : 0
            twice += count == 2 ? 1 : 0
        }
        singletons = once
        pairs = twice
    }

    /// The share of rows of unseen categories to expect, Good-Turing; nil without reference rows.
    package var expected: Double? { RowShare(singletons, of: rows).value }

    /// The share that unseen rows are tested against, over as many rows as its uncertainty is worth.
    package var effective: RowShare {
        let shrink = Double(singletons + 1) / Double(singletons + 1 + 2 * pairs)
        return RowShare(
            Int((Double(singletons) * shrink).rounded(.up)), of: max(Int((Double(rows) * shrink).rounded(.down)), 1))
    }

    /// The probability of at least so many unseen rows without any change; nil if a side has no rows.
    package func pValue(window: RowShare) -> Double? {
        rows > 0 ? ShareTest.pValue(reference: effective, window: window, alternative: .greater) : nil
    }

    /// The greatest share of unseen rows that is not significant at a level; nil where every one is not.
    package func critical(rows window: Int, level: Double) -> Double? {
        guard rows > 0 else { return nil }
        return ShareTest.critical(reference: effective, rows: window, level: level, alternative: .greater)?.high
    }
}

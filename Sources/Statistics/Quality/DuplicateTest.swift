/// Whether more rows of a window repeat another one than of its reference: a test of two proportions for rows that depend on
/// each other, one-sided.
///
/// Whether a row repeats another one depends on all rows beside it, so that shares of samples of different size do not have
/// one mean. Without a change the share that `n` rows repeat never falls with `n`, because each further row is less often a new
/// one (Good and Toulmin 1956). A window of at most as many rows as the reference is therefore held against the reference's
/// share; of a longer one only its distinct rows can be held against the reference's, which are at most as many.
///
/// The number of repeated rows has at most the variance `min(2 d, K)`, of `d` repeated rows with `K` distinct ones: the
/// inequality of Efron and Stein, where leaving out a row changes `K` by one if the row is the only one of its content
/// (Boucheron, Lugosi, Massart, Concentration Inequalities, 2013, theorem 3.1). Independent rows would have `d K / n`; the
/// ratio of both divides the sizes of the sample (a design effect, between 1 and 3), and so does the error of a sketch. What is
/// left is ``ShareTest``. It errs towards silence. Smallest sound sample: two rows on each side.
package struct DuplicateTest: Hashable, Sendable {
    /// Rows and how many contents they have.
    package struct Side: Hashable, Sendable {
        /// How many rows there are.
        package let rows: Int
        /// How many distinct ones.
        package let distinct: DistinctCount

        /// A sample of rows.
        package init(rows: Int, distinct: DistinctCount) {
            self.rows = rows
            self.distinct = distinct
        }

        /// The relative standard error of the distinct rows.
        fileprivate var error: Double {
            distinct.value > 0 ? distinct.errorBound / DistinctCount.standardErrors / distinct.value : 0
        }

        /// The repeated rows, had there been so many rows with as many contents.
        fileprivate func repeated(of rows: Int) -> RowShare {
            RowShare(rows - Int(distinct.value.rounded()), of: rows)
        }
    }

    private let reference: Side
    private let window: Side

    /// A test of a window against its reference; nil where one of them has fewer than two rows, or distinct rows that nobody
    /// can count.
    package init?(reference: Side, window: Side) {
        let isCountable = [reference, window].allSatisfy { side in
            side.rows >= 2 && side.distinct.value >= 0 && side.distinct.value < 0x1p53
        }
        guard isCountable else { return nil }
        self.reference = reference
        self.window = window
    }

    /// The rows over which the window's repeated ones are compared.
    private var comparedRows: Int { min(window.rows, reference.rows) }

    /// The probability of at least as many repeated rows without a change, or more than that.
    ///
    /// - Complexity: that of ``ShareTest``.
    package var pValue: Double? { pValue(window.repeated(of: comparedRows)) }

    /// The greatest share of repeated rows that is not significant at a level in a window of as many rows; nil where none is.
    ///
    /// - Complexity: O(log rows) tests.
    package func critical(level: Double) -> Double? {
        guard level > 0, level < 1 else { return nil }
        let rows = comparedRows
        let start = min(Int(reference.repeated(of: reference.rows).value.map { $0 * Double(rows) } ?? 0), rows - 1)
        let first = ShareTest.firstSignificant(from: start + 1, step: 1, limit: rows - 1) { repeated in
            (pValue(RowShare(repeated, of: rows)) ?? 1) <= level
        }
        return first.map { 1 - Double(rows - $0 + 1) / Double(window.rows) }
    }

    private func pValue(_ share: RowShare) -> Double? {
        let expected = reference.repeated(of: reference.rows)
        let pooled = Double(share.part + expected.part) / Double(share.whole + expected.whole)
        guard pooled > 0, pooled < 1 else { return 1 }
        return ShareTest.pValue(
            reference: expected.scaled(to: Self.effectiveRows(expected.whole, pooled, error: reference.error)),
            window: share.scaled(to: Self.effectiveRows(share.whole, pooled, error: window.error)),
            alternative: .greater)
    }

    /// How many independent rows tell the share of repeated ones as well as so many rows do.
    private static func effectiveRows(_ rows: Int, _ share: Double, error: Double) -> Double {
        let variance = min(2 * share, 1 - share) / Double(rows)
        let sketch = error * (1 - share)
        return max(1, share * (1 - share) / (variance + sketch * sketch))
    }
}

/// A summary of rows that adds up: the only way in which statistics are combined.
///
/// Laws, checked for every conformer by `SummaryLaws`; `+` is `merge`, `-` is `subtract`, and equality is that of content:
/// - `(a + b) + c == a + (b + c)`, and `a + b == b + a`;
/// - an empty summary changes nothing: `a + empty == a`;
/// - what was merged can leave again: `(a + b) - b == a` (extremes excepted, and the sticky form of `ScorePairs`);
/// - folding the same values in any order, and split over any number of summaries that are then merged, gives equal
///   summaries with equal bytes.
///
/// So a sliding window is a running total: the newest pane is added, the oldest subtracted, and late rows change nothing
/// but the content.
package protocol MergeableSummary: Equatable, Sendable {
    /// Whether nothing has been counted.
    var isEmpty: Bool { get }

    /// Adds what another summary of the same column, grid and scale counted.
    mutating func merge(_ other: Self)

    /// Takes out what another summary counted that was merged or folded into this one before.
    mutating func subtract(_ other: Self)
}

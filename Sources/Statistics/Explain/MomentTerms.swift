#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// What each decile bin adds to a shift of the mean or of the spread, with the sums that it is computed from.
///
/// Bins are closed at the right. The terms add up to the value:
/// - mean: `(sum(y - c) / m - sum(x - c) / n) / std` over the bin's values, with c and std those of the reference. Where c lies
///   changes no total; at the reference's mean a bin counts by how far its values pull the mean.
/// - spread: the bin's part of the difference of both variances, `sum((y - mean)^2) / m - sum((x - mean)^2) / n`, by twice the
///   logarithmic mean of these, `(v - u) / ln(v / u)` (the logarithmic mean Divisia index, Ang 2004), which leaves nothing over.
///
/// O(occupied cells).
package struct MomentTerms: Hashable, Sendable {
    /// What is summed of the values of one bin.
    package struct Sums: Hashable, Sendable {
        /// The sum of the values, in the unit of the column.
        package let values: Double
        /// The sum of their squared distances from the mean of their side, in the square of that unit.
        package let squares: Double
    }

    /// The term of each bin in ascending order.
    package let terms: [Double]
    /// How far each true term may be from it.
    package let errorBounds: [Double]
    /// The sums of each bin.
    package let reference: [Sums]
    package let window: [Sums]

    /// Of `MeanShift`; nil where that is.
    package static func mean(reference: NumericSummary, window: NumericSummary, grid: RankGrid) -> Self? {
        guard MeanShift(reference: reference.moments, window: window.moments) != nil,
            let std = reference.moments.std, let centre = BinnedMoments.centre(of: reference.moments),
            let before = BinnedMoments(reference, grid: grid, centre: centre),
            let after = BinnedMoments(window, grid: grid, centre: centre)
        else { return nil }
        let (n, m) = (Double(reference.count), Double(window.count))
        let terms = zip(before.bins, after.bins).map { old, new in
            grid.scale.real(new.offset.real / m - old.offset.real / n) / std
        }
        return Self(terms, terms.map { _ in 0 }, reference, window, grid)
    }

    /// Of `SpreadShift`; nil where that is.
    package static func spread(reference: NumericSummary, window: NumericSummary, grid: RankGrid) -> Self? {
        guard let std = reference.moments.std, let spread = window.moments.std, std > 0, spread > 0,
            let before = BinnedMoments(reference, grid: grid), let after = BinnedMoments(window, grid: grid)
        else { return nil }
        let (n, m) = (Double(reference.count), Double(window.count))
        let (u, v) = (before.squares / n, after.squares / m)
        guard let factor = logarithmicFactor(u, v) else { return nil }
        let terms = zip(before.bins, after.bins).map { old, new in (new.squares / m - old.squares / n) * factor }
        let bounds = zip(before.bins, after.bins).map { old, new in (new.doubt / m + old.doubt / n) * factor }
        return Self(terms, bounds, reference, window, grid)
    }

    /// What a difference of two variances is multiplied by to be half of that of their logarithms: one by twice their logarithmic
    /// mean. Nil where one is not positive.
    static func logarithmicFactor(_ u: Double, _ v: Double) -> Double? {
        let growth = v / u - 1
        guard u > 0, v > 0, growth.isFinite else { return nil }
        return (growth == 0 ? 1 : log1p(growth) / growth) / (2 * u)
    }

    private init?(
        _ terms: [Double], _ errorBounds: [Double], _ reference: NumericSummary, _ window: NumericSummary,
        _ grid: RankGrid
    ) {
        guard (terms + errorBounds).allSatisfy(\.isFinite),
            let before = BinnedMoments(reference, grid: grid)?.sums(grid.scale),
            let after = BinnedMoments(window, grid: grid)?.sums(grid.scale)
        else { return nil }
        (self.terms, self.errorBounds) = (terms, errorBounds)
        (self.reference, self.window) = (before, after)
    }
}

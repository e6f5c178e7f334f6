/// How far two means of the same rows are apart, such as the losses of two models on the same predictions.
///
/// The mean of the differences second minus first by weight, with the normal interval of that mean and the two-sided test that it is
/// 0 (paired z-test), both over effective rows. The sums are exact integers, so that the order of rows does not matter. Smallest
/// sound sample: thirty effective rows. O(1) a row.
package struct PairedMeans: Equatable, Sendable {
    private var differences: Moments
    private var rows = WeighedRows()

    /// No rows yet; the scale should fit the largest loss.
    package init(scale: FixedPointScale = .unscaled) {
        differences = Moments(scale: scale)
    }

    /// Counts one row of so many parts of a row with both losses; one without a loss on either side is passed over.
    package mutating func fold(first: Double, second: Double, parts: Int = WeighedRows.parts) {
        let difference = second - first
        guard !difference.isNaN else { return }
        differences.fold(difference, times: parts)
        rows.add(parts: parts)
    }

    /// How many rows have both.
    package var count: Int { rows.count }

    /// The mean of second minus first; nil without rows, or if a difference was too large to be summed.
    package var difference: Double? { differences.mean }

    /// The variance of the mean; nil below two effective rows.
    private var variance: Double? {
        guard rows.effective >= 2, let spread = differences.variance else { return nil }
        return spread / (rows.effective - 1)
    }

    /// The interval of the difference at level 0.95; nil below two effective rows.
    package var interval: Interval? {
        guard let difference, let variance else { return nil }
        return Interval.normal(difference, variance: variance)
    }

    /// How likely a difference at least as large is where the means are equal; nil below two effective rows.
    package var pValue: Double? {
        guard let difference, let variance else { return nil }
        guard variance > 0 else { return difference == 0 ? 1 : 0 }
        return min(2 * NormalDistribution.survival((difference / variance.squareRoot()).magnitude), 1)
    }
}

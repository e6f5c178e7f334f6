/// How far probabilities are from how often they come true, over ten bins of equal width.
///
/// Rows are folded with a multiplicity, so that a corrected label leaves with -1 and enters with +1. Scores outside 0...1 and missing
/// ones are passed over.
package struct Calibration: MergeableSummary {
    /// The rows of one bin.
    struct Bin: Hashable, Sendable {
        var count = 0
        var positives = 0
        /// The sum of the scores in multiples of 2^-70.
        var sum: Int128 = 0
    }

    static let binCount = 10
    private static let scale = FixedPointScale(exponent: 6)
    /// The mean of the absolute value of a standard normal number, `sqrt(2 / pi)`.
    private static let foldedMean = 0.7978845608028654
    private(set) var bins = Calibration.emptyBins
    /// One array for all that are empty.
    private static let emptyBins = [Bin](repeating: Bin(), count: binCount)

    /// No rows yet.
    package init() {}

    init(bins: [Bin]) {
        self.bins = bins
    }

    package var isEmpty: Bool { self == Calibration() }

    /// Counts a labelled row as often as told, or takes it out with a number below 0.
    package mutating func fold(score: Double, isPositive: Bool, times: Int = 1) {
        guard score >= 0, score <= 1 else { return }
        let bin = min(Int(score * Double(Calibration.binCount)), Calibration.binCount - 1)
        bins[bin].count &+= times
        bins[bin].positives &+= isPositive ? times : 0
        bins[bin].sum &+= Int128(times) &* Calibration.scale.quantised(score)
    }

    package mutating func merge(_ other: Calibration) {
        for bin in bins.indices {
            bins[bin].count &+= other.bins[bin].count
            bins[bin].positives &+= other.bins[bin].positives
            bins[bin].sum &+= other.bins[bin].sum
        }
    }

    package mutating func subtract(_ other: Calibration) {
        for bin in bins.indices {
            bins[bin].count &-= other.bins[bin].count
            bins[bin].positives &-= other.bins[bin].positives
            bins[bin].sum &-= other.bins[bin].sum
        }
    }

    /// The expected calibration error: the mean distance of score and share of positive rows over the bins, each counting as
    /// many times as it has rows (Naeini, Cooper and Hauskrecht 2015); nil without rows.
    package var error: Double? {
        let total = bins.reduce(0) { $0 &+ $1.count }
        guard total > 0 else { return nil }
        let sum = bins.reduce(0.0) { $0 + (Calibration.scale.real($1.sum.real) - Double($1.positives)).magnitude }
        return sum / Double(total)
    }

    /// The expected calibration error with its interval; nil without rows.
    ///
    /// A bin's gap has about the variance of a share. The sum of gaps is never less than their signed sum, which gives the upper
    /// end by a normal quantile; it exceeds the true sum by no more than the sum of absolute errors, which gives the lower
    /// end: bins whose gap is clear of 0 by three errors count with their sign, all others with the mean and spread of a
    /// folded normal error (Leone, Nelson and Nottingham 1961). So the interval covers at least as often as promised, also for
    /// a model without any error, where the value itself is biased upwards. Sound from about 100 rows on.
    package func estimate(unit: Double = 1) -> Estimate? {
        guard let error else { return nil }
        let total = bins.reduce(0) { $0 &+ $1.count }
        guard Double(total) * unit >= 2 else { return Estimate(error, nil) }
        var (clear, folded, bias, all) = (0.0, 0.0, 0.0, 0.0)
        for bin in bins where bin.count > 0 {
            let (rows, weight) = (Double(bin.count) * unit, Double(bin.count) / Double(total))
            let share = (Double(bin.positives) * unit + 0.5) / (rows + 1)
            let variance = weight * weight * share * (1 - share) / rows
            let gap = (Calibration.scale.real(bin.sum.real) - Double(bin.positives)).magnitude / Double(total)
            all += variance
            if gap > 3 * variance.squareRoot() {
                clear += variance
            } else {
                bias += Calibration.foldedMean * variance.squareRoot()
                folded += (1 - Calibration.foldedMean * Calibration.foldedMean) * variance
            }
        }
        let interval = Interval(
            low: error - bias - Interval.quantile * (clear + folded).squareRoot(),
            high: error + Interval.quantile * all.squareRoot())
        return Estimate(error, interval?.limited(to: 0...1, around: error))
    }
}

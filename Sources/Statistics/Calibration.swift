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
    private(set) var bins = [Bin](repeating: Bin(), count: Calibration.binCount)

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
}

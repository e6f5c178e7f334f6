#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// Log loss and Brier score of labelled probabilities, as exact integer sums.
///
/// Rows are folded with a multiplicity, so that a corrected label leaves with -1 and enters with +1. A row without a score, or
/// with one outside 0...1, makes both measures nil.
package struct ProbabilitySums: MergeableSummary {
    /// How many rows have a probability.
    package private(set) var count = 0
    /// How many rows have a score outside 0...1.
    package private(set) var outside = 0
    /// How many rows have no score.
    package private(set) var missing = 0
    private(set) var logLossSum: Int128 = 0
    private(set) var brierSum: Int128 = 0

    /// Multiples of 2^-70, which neither term can outgrow: the largest log loss of a row is 36.04.
    private static let scale = FixedPointScale(exponent: 6)
    /// Probabilities are clipped to between this and 1 minus this, the spacing of doubles at 1, as scikit-learn does.
    private static let clip = 0x1p-52

    /// No rows yet.
    package init() {}

    init(count: Int, outside: Int, missing: Int, logLossSum: Int128, brierSum: Int128) {
        self.count = count
        self.outside = outside
        self.missing = missing
        self.logLossSum = logLossSum
        self.brierSum = brierSum
    }

    package var isEmpty: Bool { self == ProbabilitySums() }

    /// Counts a labelled row as often as told, or takes it out with a number below 0.
    ///
    /// - Parameters:
    ///   - score: the probability of the positive class; NaN stands for none.
    ///   - isPositive: whether the label is the positive class.
    ///   - times: 1, -1, or a multiplicity of up to 2^30 in magnitude.
    package mutating func fold(score: Double, isPositive: Bool, times: Int = 1) {
        if score.isNaN {
            missing &+= times
            return
        }
        guard score >= 0, score <= 1 else {
            outside &+= times
            return
        }
        count &+= times
        let right = isPositive ? score : 1 - score
        let loss = -log(min(max(right, ProbabilitySums.clip), 1 - ProbabilitySums.clip))
        let distance = isPositive ? 1 - score : score
        logLossSum &+= Int128(times) &* ProbabilitySums.scale.quantised(loss)
        brierSum &+= Int128(times) &* ProbabilitySums.scale.quantised(distance * distance)
    }

    package mutating func merge(_ other: ProbabilitySums) {
        count &+= other.count
        outside &+= other.outside
        missing &+= other.missing
        logLossSum &+= other.logLossSum
        brierSum &+= other.brierSum
    }

    package mutating func subtract(_ other: ProbabilitySums) {
        count &-= other.count
        outside &-= other.outside
        missing &-= other.missing
        logLossSum &-= other.logLossSum
        brierSum &-= other.brierSum
    }

    private var isComplete: Bool { count > 0 && outside == 0 && missing == 0 }

    /// The mean of `-ln(probability of the label)`; nil without rows, or if a row has no probability.
    package var logLoss: Double? {
        isComplete ? ProbabilitySums.scale.real(logLossSum.real / Double(count)) : nil
    }

    /// The mean squared distance of probability and label; nil without rows, or if a row has no probability.
    package var brier: Double? {
        isComplete ? ProbabilitySums.scale.real(brierSum.real / Double(count)) : nil
    }
}

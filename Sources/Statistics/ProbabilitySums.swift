#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// Log loss and Brier score of labelled probabilities with the sums of their squares, as exact integer sums.
///
/// Rows are folded with a multiplicity, so that a corrected label leaves with -1 and enters with +1. A row without a score, or
/// with one outside 0...1, makes both measures nil; one whose other probabilities are not known makes the Brier score nil.
package struct ProbabilitySums: MergeableSummary {
    /// How many rows have a probability.
    package private(set) var count = 0
    /// How many rows have a score outside 0...1.
    package private(set) var outside = 0
    /// How many rows have no score.
    package private(set) var missing = 0
    /// How many rows have the probability of their true class and not the squares of all.
    package internal(set) var undistanced = 0
    private(set) var logLossSum: Int128 = 0
    private(set) var brierSum: Int128 = 0
    /// How many rows are in the sums of squares: fewer than all where panes of an older format are among them.
    private(set) var squared = 0
    private(set) var logLossSquares: Int128 = 0
    private(set) var brierSquares: Int128 = 0

    /// Multiples of 2^-70, which neither term can outgrow: the largest log loss of a row is 36.04.
    private static let scale = FixedPointScale(exponent: 6)
    /// Probabilities are clipped to between this and 1 minus this, the spacing of doubles at 1, as scikit-learn does.
    private static let clip = 0x1p-52

    /// No rows yet.
    package init() {}

    init(
        count: Int, outside: Int, missing: Int, logLossSum: Int128, brierSum: Int128, squared: Int = 0,
        logLossSquares: Int128 = 0, brierSquares: Int128 = 0, undistanced: Int = 0
    ) {
        self.count = count
        self.outside = outside
        self.missing = missing
        self.logLossSum = logLossSum
        self.brierSum = brierSum
        self.squared = squared
        self.logLossSquares = logLossSquares
        self.brierSquares = brierSquares
        self.undistanced = undistanced
    }

    /// Whether only rows whose true class was certain could have given these sums, so that no squares are missing.
    var isCertain: Bool {
        logLossSum == Int128(count) &* Self.scale.quantised(-log(1 - Self.clip))
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
        add(loss: loss, times)
        add(squaredDistance: distance * distance, times)
    }

    /// Counts a row of a model with many classes as often as told.
    ///
    /// - Parameters:
    ///   - probability: the probability of the true class; NaN for none.
    ///   - squaredDistance: the sum over all classes of (probability - truth)^2, from 0 to 2, as the multiclass form of
    ///     `sklearn.metrics.brier_score_loss` (Brier 1950); nil where it is not known.
    ///   - times: 1, -1, or a multiplicity of up to 2^30 in magnitude.
    package mutating func fold(probabilityOfTruth probability: Double, squaredDistance: Double?, times: Int = 1) {
        if probability.isNaN {
            missing &+= times
            return
        }
        guard probability >= 0, probability <= 1 else {
            outside &+= times
            return
        }
        count &+= times
        add(loss: -log(min(max(probability, ProbabilitySums.clip), 1 - ProbabilitySums.clip)), times)
        if let squaredDistance, squaredDistance >= 0, squaredDistance <= Self.mostSquaredDistance {
            add(squaredDistance: squaredDistance, times)
        } else {
            undistanced &+= times
        }
    }

    /// The squared distance of certainty of a wrong class, with room for rounded probabilities.
    private static let mostSquaredDistance = 2.001

    private mutating func add(squaredDistance square: Double, _ times: Int) {
        brierSum &+= Int128(times) &* ProbabilitySums.scale.quantised(square)
        brierSquares &+= Int128(times) &* ProbabilitySums.scale.quantised(square * square)
    }

    private mutating func add(loss: Double, _ times: Int) {
        logLossSum &+= Int128(times) &* ProbabilitySums.scale.quantised(loss)
        squared &+= times
        logLossSquares &+= Int128(times) &* ProbabilitySums.scale.quantised(loss * loss)
    }

    package mutating func merge(_ other: ProbabilitySums) {
        count &+= other.count
        outside &+= other.outside
        missing &+= other.missing
        logLossSum &+= other.logLossSum
        brierSum &+= other.brierSum
        squared &+= other.squared
        logLossSquares &+= other.logLossSquares
        brierSquares &+= other.brierSquares
        undistanced &+= other.undistanced
    }

    package mutating func subtract(_ other: ProbabilitySums) {
        count &-= other.count
        outside &-= other.outside
        missing &-= other.missing
        logLossSum &-= other.logLossSum
        brierSum &-= other.brierSum
        squared &-= other.squared
        logLossSquares &-= other.logLossSquares
        brierSquares &-= other.brierSquares
        undistanced &-= other.undistanced
    }

    private var isComplete: Bool { count > 0 && outside == 0 && missing == 0 }

    /// The mean of `-ln(probability of the label)`; nil without rows, or if a row has no probability.
    package var logLoss: Double? {
        isComplete ? ProbabilitySums.scale.real(logLossSum.real / Double(count)) : nil
    }

    /// The mean squared distance of probability and label, over all classes where there are many; nil without rows, if a row has
    /// no probability, or if the squares of one are not known.
    package var brier: Double? {
        isComplete && undistanced == 0 ? ProbabilitySums.scale.real(brierSum.real / Double(count)) : nil
    }

    /// The log loss with the normal interval of a mean; a count stands for `unit` effective rows. Sound from about 100 rows on.
    package func logLossEstimate(unit: Double = 1) -> Estimate? { estimate(logLoss, logLossSquares, unit, 0...36.1) }

    /// The Brier score with the normal interval of a mean; a count stands for `unit` effective rows. Sound from about 50 rows on.
    /// `most` is the largest possible: 1 of one probability, 2 of many.
    package func brierEstimate(unit: Double = 1, most: Double = 1) -> Estimate? {
        estimate(brier, brierSquares, unit, 0...most)
    }

    private func estimate(
        _ mean: Double?, _ squares: Int128, _ unit: Double, _ range: ClosedRange<Double>
    ) -> Estimate? {
        guard let mean else { return nil }
        let square = ProbabilitySums.scale.real(squares.real / Double(count))
        let interval = squared == count ? Interval.mean(mean, square: square, count: Double(count) * unit) : nil
        return Estimate(mean, interval?.limited(to: range, around: mean))
    }
}

#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// The losses of one labelled row.
package enum PairedLosses {
    /// The negative log-likelihood of a label under a probability, clipped at 2^-52 as in `ProbabilitySums`; NaN outside 0...1.
    package static func logLoss(probability: Double, isPositive: Bool) -> Double {
        guard probability >= 0, probability <= 1 else { return .nan }
        let right = isPositive ? probability : 1 - probability
        return -log(min(max(right, 0x1p-52), 1 - 0x1p-52))
    }

    /// The squared distance of a probability and a label; NaN outside 0...1.
    package static func brier(probability: Double, isPositive: Bool) -> Double {
        guard probability >= 0, probability <= 1 else { return .nan }
        let distance = isPositive ? 1 - probability : probability
        return distance * distance
    }
}

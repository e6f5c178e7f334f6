#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// The logarithm of the binomial density, without the large logarithms of factorials that would cancel.
///
/// Loader's saddle-point form (Fast and Accurate Computation of Binomial Probabilities, 2000). O(1).
enum BinomialDensity {
    /// `ln P(X = hits)` of `trials` trials that each hit with probability `share`, strictly between 0 and 1.
    static func logarithm(_ hits: Double, of trials: Double, share: Double) -> Double {
        let misses = trials - hits
        if hits == 0 { return trials * log1p(-share) }
        if misses == 0 { return trials * log(share) }
        let remainder =
            StirlingRemainder.value(trials) - StirlingRemainder.value(hits) - StirlingRemainder.value(misses)
        let deviance = deviance(hits, trials * share) + deviance(misses, trials * (1 - share))
        return remainder - deviance + 0.5 * log(trials / (2 * Double.pi * hits * misses))
    }

    /// `x ln(x / mean) + mean - x`.
    private static func deviance(_ x: Double, _ mean: Double) -> Double {
        let excess = (mean - x) / x
        return x * (excess - log1p(excess))
    }
}

#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// What Stirling's formula leaves: `ln Gamma(x + 1) - (ln(2 pi x) / 2 + x ln x - x)`.
///
/// Densities and tails written with it never form the huge logarithms of factorials that would cancel (Loader, Fast and
/// Accurate Computation of Binomial Probabilities, 2000).
enum StirlingRemainder {
    /// The remainder for x > 0, to about 1e-16: the asymptotic series from 10 on, and a recursion up to it below.
    static func value(_ x: Double) -> Double {
        var shifted = x
        var sum = 0.0
        while shifted < 10 {
            sum += (shifted + 0.5) * log1p(1 / shifted) - 1
            shifted += 1
        }
        let part = 1 / shifted
        let square = part * part
        let series =
            1.0 / 12 - (1.0 / 360 - (1.0 / 1260 - (1.0 / 1680 - 1.0 / 1188 * square) * square) * square) * square
        return sum + series * part
    }
}

#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// Harmonic numbers of the first and second order, for any positive count.
///
/// By their asymptotic series from 16 on, and the recursion up to it below (DLMF 5.11.2, 5.15.8); to about 1e-15.
enum HarmonicNumber {
    private static let eulerGamma = 0.5772156649015329

    /// `1 + 1/2 + ... + 1/x`; 0 for x that is not positive.
    static func first(_ x: Double) -> Double {
        guard x > 0 else { return 0 }
        var (shifted, sum) = (x, 0.0)
        while shifted < 16 {
            shifted += 1
            sum -= 1 / shifted
        }
        let square = shifted * shifted
        let tail = (1.0 / 12 - (1.0 / 120 - (1.0 / 252 - 1.0 / 240 / square) / square) / square) / square
        return sum + log(shifted) + eulerGamma + 0.5 / shifted - tail
    }

    /// `1 + 1/4 + ... + 1/x^2`; 0 for x that is not positive.
    static func second(_ x: Double) -> Double {
        guard x > 0 else { return 0 }
        var (shifted, sum) = (x, 0.0)
        while shifted < 16 {
            shifted += 1
            sum -= 1 / (shifted * shifted)
        }
        let square = shifted * shifted
        let tail = (1 - (0.5 - (1.0 / 6 - (1.0 / 30 - 1.0 / 42 / square) / square) / shifted) / shifted) / shifted
        return sum + Double.pi * Double.pi / 6 - tail
    }
}

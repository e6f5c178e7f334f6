#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// Student's t distribution.
package enum StudentDistribution {
    /// The probability of a value of at least `t` in magnitude, on both sides; nil unless there are degrees of freedom.
    ///
    /// The regularised incomplete beta function `I(df / (df + t^2); df / 2, 1 / 2)` by its continued fraction (Lentz; DLMF
    /// 8.17.22), which keeps the relative precision of tails. The number of steps grows with the root of the degrees.
    package static func twoSided(_ t: Double, degreesOfFreedom df: Double) -> Double? {
        guard df > 0, df.isFinite, !t.isNaN else { return nil }
        guard t.isFinite else { return 0 }
        let square = t * t
        guard square > 0 else { return 1 }
        guard square.isFinite else { return 0 }
        let (a, b, x, y) = (df / 2, 0.5, df / (df + square), square / (df + square))
        let value = x < (a + 1) / (a + b + 2) ? beta(a, b, x, y) : 1 - beta(b, a, y, x)
        return min(max(value, 0), 1)
    }

    /// The regularised incomplete beta function for x below its mean; `y` is `1 - x`.
    private static func beta(_ a: Double, _ b: Double, _ x: Double, _ y: Double) -> Double {
        // ln of x^a y^b / (a B(a, b)), with the large parts of the gamma functions taken together.
        let logBeta = lgamma(a) + lgamma(b) - lgamma(a + b)
        let front = exp(a * (y < 0.5 ? log1p(-y) : log(x)) + b * log(y) - logBeta) / a
        let tiny = 1e-300
        var (c, d) = (1.0, 1 / held(1 - (a + b) * x / (a + 1), tiny))
        var value = d
        for step in 1...100_000 {
            let m = Double(step)
            let even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
            d = 1 / held(1 + even * d, tiny)
            c = held(1 + even / c, tiny)
            value *= d * c
            let odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
            d = 1 / held(1 + odd * d, tiny)
            c = held(1 + odd / c, tiny)
            value *= d * c
            if (d * c - 1).magnitude < 1e-15 { break }
        }
        return front * value
    }

    /// A number kept away from zero.
    private static func held(_ value: Double, _ tiny: Double) -> Double {
        value.magnitude < tiny ? tiny : value
    }
}

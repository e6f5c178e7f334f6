#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// The chi-squared distribution.
package enum ChiSquaredDistribution {
    /// The probability of a value of at least `x`: the regularised upper incomplete gamma function Q(df/2, x/2).
    ///
    /// A power series below the mean and a continued fraction (Lentz) above it, which keeps the relative precision of
    /// tails down to the smallest doubles (DLMF 8.7, 8.9). About `sqrt(df)` steps.
    package static func survival(_ x: Double, degreesOfFreedom: Int) -> Double {
        guard degreesOfFreedom > 0, x > 0 else { return 1 }
        guard x.isFinite else { return 0 }
        let (shape, half) = (Double(degreesOfFreedom) / 2, x / 2)
        let part =
            half < shape + 1
            ? 1 - prefactor(shape, half) * series(shape, half) : prefactor(shape, half) * fraction(shape, half)
        return min(max(part, 0), 1)
    }

    /// `x^a e^-x / Gamma(a)`.
    private static func prefactor(_ a: Double, _ x: Double) -> Double {
        let excess = (x - a) / a
        let exponent = a * (log1p(excess) - excess) - StirlingRemainder.value(a)
        return (a / (2 * Double.pi)).squareRoot() * exp(exponent)
    }

    /// `sum(x^k / (a (a + 1) ... (a + k)))`.
    private static func series(_ a: Double, _ x: Double) -> Double {
        var term = 1 / a
        var sum = term
        var next = a
        while term > sum * 1e-17 {
            next += 1
            term *= x / next
            sum += term
        }
        return sum
    }

    /// `1 / (x + 1 - a - 1 (1 - a) / (x + 3 - a - 2 (2 - a) / (x + 5 - a - ...)))`.
    private static func fraction(_ a: Double, _ x: Double) -> Double {
        let tiny = 1e-300
        var b = x + 1 - a
        var c = 1 / tiny
        var d = 1 / (b.magnitude < tiny ? tiny : b)
        var value = d
        for step in 1...1_000_000 {
            let a = -Double(step) * (Double(step) - a)
            b += 2
            d = a * d + b
            d = 1 / (d.magnitude < tiny ? tiny : d)
            c = b + a / c
            c = c.magnitude < tiny ? tiny : c
            let factor = c * d
            value *= factor
            if (factor - 1).magnitude < 1e-15 { break }
        }
        return value
    }
}

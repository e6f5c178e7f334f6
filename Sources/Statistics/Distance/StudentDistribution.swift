#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// Student's t distribution.
package enum StudentDistribution {
    /// The probability of a magnitude of at least `|t|`: the regularised incomplete beta function I(df / (df + t^2); df/2, 1/2).
    ///
    /// By a continued fraction (Lentz; DLMF 8.17.22), precise down to the smallest doubles. Nil for degrees of freedom that
    /// are not positive. The number of steps grows with the root of the degrees.
    package static func twoSided(_ t: Double, degreesOfFreedom: Double) -> Double? {
        guard degreesOfFreedom > 0, degreesOfFreedom.isFinite, !t.isNaN else { return nil }
        guard t.isFinite, (t * t).isFinite else { return 0 }
        let (a, square) = (degreesOfFreedom / 2, t * t)
        let (x, rest) = (degreesOfFreedom / (degreesOfFreedom + square), square / (degreesOfFreedom + square))
        guard rest > 0 else { return 1 }
        guard x > 0 else { return 0 }
        // x^a (1 - x)^(1/2) / B(a, 1/2)
        let front =
            exp(-a * log1p(square / degreesOfFreedom)) * rest.squareRoot() * gammaRatio(a) / Double.pi.squareRoot()
        let value = x < (a + 1) / (a + 2.5) ? front * fraction(a, 0.5, x) / a : 1 - front * fraction(0.5, a, rest) / 0.5
        return min(max(value, 0), 1)
    }

    /// `Gamma(a + 1/2) / Gamma(a)`.
    private static func gammaRatio(_ a: Double) -> Double {
        // Stirling's formula for both; the large powers are taken together.
        let exponent = a * log1p(0.5 / a) - 0.5 + StirlingRemainder.value(a + 0.5) - StirlingRemainder.value(a)
        return a.squareRoot() * exp(exponent)
    }

    private static func fraction(_ a: Double, _ b: Double, _ x: Double) -> Double {
        let tiny = 1e-300
        var c = 1.0
        var d = 1 - (a + b) * x / (a + 1)
        d = 1 / (d.magnitude < tiny ? tiny : d)
        var value = d
        for step in 1...100_000 {
            let k = Double(step)
            for numerator in [
                k * (b - k) * x / ((a + 2 * k - 1) * (a + 2 * k)),
                -(a + k) * (a + b + k) * x / ((a + 2 * k) * (a + 2 * k + 1)),
            ] {
                d = 1 + numerator * d
                d = 1 / (d.magnitude < tiny ? tiny : d)
                c = 1 + numerator / c
                c = c.magnitude < tiny ? tiny : c
                value *= c * d
            }
            if (c * d - 1).magnitude < 1e-15 { break }
        }
        return value
    }
}

#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// The standard normal distribution.
package enum NormalDistribution {
    /// The probability of a value of at least `x`.
    package static func survival(_ x: Double) -> Double { erfc(x / 2.0.squareRoot()) / 2 }

    /// The value that is exceeded with a probability between 0 and 1; nil outside.
    ///
    /// A rational start (Abramowitz and Stegun 26.2.23) and three steps of Halley, which give all digits.
    package static func quantile(exceededBy share: Double) -> Double? {
        guard share > 0, share < 1 else { return nil }
        guard share <= 0.5 else { return quantile(exceededBy: 1 - share).map { -$0 } }
        let t = (-2 * log(share)).squareRoot()
        var x =
            t - (2.515517 + t * (0.802853 + t * 0.010328))
            / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308)))
        for _ in 0..<3 {
            let density = exp(-x * x / 2) / (2 * Double.pi).squareRoot()
            guard density > 0 else { break }
            let step = (survival(x) - share) / density
            x += step / (1 - x * step / 2)
        }
        return x
    }
}

extension ChiSquaredDistribution {
    /// The value that is exceeded with a probability between 0 and 1; nil outside, 0 without degrees of freedom.
    ///
    /// The cube root start of Wilson and Hilferty (1931), then Newton's steps on the logarithm of the tail; to 1e-9
    /// relative. Some five evaluations of the tail.
    package static func quantile(exceededBy share: Double, degreesOfFreedom df: Int) -> Double? {
        guard let z = NormalDistribution.quantile(exceededBy: share) else { return nil }
        guard df > 0 else { return 0 }
        let k = Double(df)
        let cube = 1 - 2 / (9 * k) + z * (2 / (9 * k)).squareRoot()
        var x = max(k * cube * cube * cube, k * 1e-3)
        for _ in 0..<40 {
            let tail = survival(x, degreesOfFreedom: df)
            guard tail > 0 else { break }
            let logDensity =
                (k / 2 - 1) * log(x / 2) - x / 2 - log(2.0)
                - (log(2 * Double.pi * (k / 2)) / 2 + k / 2 * log(k / 2) - k / 2 + StirlingRemainder.value(k / 2)
                    - log(k / 2))
            let step = log(tail / share) * tail / exp(logDensity)
            x = max(x + step, x / 4)
            if step.magnitude <= 1e-10 * x { break }
        }
        return x
    }
}

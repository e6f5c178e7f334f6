#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// Critical values of the integrals of a squared Brownian bridge, the limits of Cramer-von Mises and Anderson-Darling.
enum GapLimits {
    /// The value of the limiting law of Cramer and von Mises that is exceeded with a probability; nil where that is more than a
    /// half.
    ///
    /// The law turned round by some six evaluations of it.
    static func bridge(_ level: Double) -> Double? {
        guard level > 0, level <= 0.5 else { return nil }
        let rate = Double.pi * Double.pi / 2
        var x = max(-log(level * 2) / rate + 0.1, 0.1)
        for _ in 0..<60 {
            let tail = CramerVonMisesDistribution.survival(x)
            guard tail > 0 else { return nil }
            // The logarithm of the tail falls a little faster than the slowest of its terms.
            let step = log(tail / level) / (rate + 0.5 / x)
            x = max(x + step, x / 2)
            if step.magnitude < 1e-9 { break }
        }
        return x
    }

    /// The statistic T of Cramer and von Mises for samples of two sizes that stands for a value of its limiting law, moved to the
    /// finite mean and variance of T (Anderson 1962).
    static func cramerVonMises(_ x: Double, _ n: Double, _ m: Double) -> Double? {
        guard n > 0, m > 0 else { return nil }
        let (total, product) = (n + m, n * m)
        let mean = (1 + 1 / total) / 6
        let parts = 4 * product * total - 3 * (n * n + m * m) - 2 * product
        let variance = (total + 1) / (45 * total * total) * (parts / (4 * product))
        guard variance > 0 else { return nil }
        return mean + (45 * variance).squareRoot() * (x - 1.0 / 6)
    }

    /// The standardised statistic of Anderson and Darling that is exceeded with a probability of at most a quarter.
    ///
    /// The parabola through the table of Scholz and Stephens (1987) down to 0.001, as the p-value of the measure. Beyond, its
    /// logarithm goes on as a straight line with the parabola's slope there, which the true tail stays below.
    static func andersonDarling(_ level: Double) -> Double? {
        guard level > 0, level < 1 else { return nil }
        let inside = min(max(level, lastLevel), 0.25)
        let difference = curve.linear * curve.linear - 4 * curve.square * (curve.constant - log(inside))
        let value = (-curve.linear - max(difference, 0).squareRoot()) / (2 * curve.square)
        return level < lastLevel ? value + log(lastLevel / level) / slope(at: value) : value
    }

    /// The probability of a standardised statistic at least as great; 1 below what the table tells.
    static func andersonDarlingSurvival(_ value: Double) -> Double {
        guard let first = andersonDarling(0.25), let last = andersonDarling(lastLevel), value >= first else { return 1 }
        guard value > last else { return exp((curve.square * value + curve.linear) * value + curve.constant) }
        return lastLevel * exp(-(value - last) * slope(at: last))
    }

    private static let lastLevel = 0.001
    private static let curve = (
        square: 0.018198094574111343, linear: -1.0082265644652515, constant: -1.077770279820486
    )

    private static func slope(at value: Double) -> Double { -(2 * curve.square * value + curve.linear) }
}

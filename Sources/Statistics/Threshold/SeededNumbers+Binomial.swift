#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

extension SeededNumbers {
    /// How many of `count` trials succeed, each with a probability; exact for every size.
    ///
    /// By inversion while few are expected, else by transformed rejection (Hormann, The Generation of Binomial Random
    /// Variates, 1993). O(1) beyond 10 expected.
    package mutating func binomial(_ count: Int, _ probability: Double) -> Int {
        guard count > 0, probability > 0 else { return 0 }
        guard probability < 1 else { return count }
        guard probability <= 0.5 else { return count - binomial(count, 1 - probability) }
        return Double(count) * probability < 10
            ? inverted(count, probability) : rejected(count, probability)
    }

    private mutating func inverted(_ count: Int, _ p: Double) -> Int {
        let odds = p / (1 - p)
        var term = exp(Double(count) * log1p(-p))
        var rest = uniform()
        var found = 0
        // Beyond 110 nothing is left of the probability that a double can hold.
        while rest > term, found < min(count, 110) {
            rest -= term
            term *= odds * Double(count - found) / Double(found + 1)
            found += 1
        }
        return found
    }

    private mutating func rejected(_ count: Int, _ p: Double) -> Int {
        let n = Double(count)
        let spread = (n * p * (1 - p)).squareRoot()
        let b = 1.15 + 2.53 * spread
        let a = -0.0873 + 0.0248 * b + 0.01 * p
        let center = n * p + 0.5
        let ratio = 0.92 - 4.2 / b
        let alpha = (2.83 + 5.1 / b) * spread
        let mode = ((n + 1) * p).rounded(.down)
        let odds = log(p / (1 - p))
        let peak = Self.logFactorial(mode) + Self.logFactorial(n - mode)
        while true {
            let u = uniform() - 0.5
            let v = uniform()
            let us = 0.5 - u.magnitude
            let k = ((2 * a / us + b) * u + center).rounded(.down)
            guard k >= 0, k <= n else { continue }
            if us >= 0.07, v <= ratio { return Int(k) }
            let height = log(v * alpha / (a / (us * us) + b))
            if height <= peak - Self.logFactorial(k) - Self.logFactorial(n - k) + (k - mode) * odds { return Int(k) }
        }
    }

    private static func logFactorial(_ x: Double) -> Double {
        guard x > 0 else { return 0 }
        return log(2 * Double.pi * x) / 2 + x * log(x) - x + StirlingRemainder.value(x)
    }
}

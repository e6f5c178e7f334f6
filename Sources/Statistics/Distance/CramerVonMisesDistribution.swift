#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// The limiting law of the Cramer-von Mises statistic, that of `integral of B(t)^2` over a Brownian bridge.
package enum CramerVonMisesDistribution {
    /// How many nodes an integral takes.
    private static let nodes = 64

    /// A node of Gauss and Chebyshev's rule over a lobe of the sine: how far from its start, and its weight.
    private struct Node {
        let offset: Double
        let weight: Double
    }

    private static let table: [Node] = (0..<nodes).map { node in
        let angle = Double.pi * (Double(node) + 0.5) / Double(nodes)
        // The sine over the lobe, from the distance to the nearer end.
        let end = Double.pi / 2 * (1 - cos(angle).magnitude)
        return Node(offset: Double.pi / 2 * (1 - cos(angle)), weight: sin(angle) / sin(end).squareRoot())
    }

    /// The p-value of the two-sample statistic T, standardised to the limit's mean and variance (Anderson 1962).
    ///
    /// Nil for sizes that are not positive. Below what the limit can be the p-value is 1.
    static func pValue(_ statistic: Double, _ n: Double, _ m: Double) -> Double? {
        guard n > 0, m > 0 else { return nil }
        let (total, product) = (n + m, n * m)
        let mean = (1 + 1 / total) / 6
        let parts = 4 * product * total - 3 * (n * n + m * m) - 2 * product
        let variance = (total + 1) / (45 * total * total) * (parts / (4 * product))
        guard variance > 0 else { return nil }
        return survival(1.0 / 6 + (statistic - mean) / (45 * variance).squareRoot())
    }

    /// The probability of a value of at least `x`.
    ///
    /// Smirnov's alternating series of integrals (1936): `2/pi sum of +- integral over (2j-1)pi...2j pi of
    /// sqrt(t / |sin t|) exp(-x t^2 / 2) / t dt`, each by Gauss and Chebyshev's rule, whose weight takes the singular ends.
    /// Precise down to the smallest doubles; one integral for x above 1, ten at 0.02.
    package static func survival(_ x: Double) -> Double {
        guard x > 0.003 else { return 1 }
        guard x.isFinite else { return 0 }
        var sum = 0.0
        var sign = 1.0
        for lobe in 1...64 {
            let start = Double(2 * lobe - 1) * Double.pi
            let part = lobeIntegral(from: start, x)
            sum += sign * part
            sign = -sign
            if part <= sum.magnitude * 1e-17 { break }
        }
        return min(max(2 / Double.pi * sum, 0), 1)
    }

    private static func lobeIntegral(from start: Double, _ x: Double) -> Double {
        var sum = 0.0
        for node in table {
            let t = start + node.offset
            sum += node.weight * exp(-x * t * t / 2) / t.squareRoot()
        }
        return sum * Double.pi / 2 * Double.pi / Double(nodes)
    }
}

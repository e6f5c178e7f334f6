/// The exact law of the two-sample Kolmogorov-Smirnov statistic without ties.
///
/// Formula: the share of lattice paths from (0, 0) to (n, m) that leave the band `|x/n - y/m| < D` (Hodges 1958), counted
/// column by column as the chance of having left it, so that small p-values keep their precision; as
/// `scipy.stats.ks_2samp(method="exact")`. With ties it is too large. Smallest sound sample: one value a side.
/// O(larger count x width of the band).
package enum ExactKolmogorovSmirnov {
    /// The largest sample, as in SciPy.
    static let largestSample = 10_000
    /// The most steps that are taken, a fraction of a millisecond.
    package static let mostSteps = 50_000

    /// The probability of a statistic at least as large; nil where it would take more steps.
    package static func pValue(
        _ statistic: Double, _ referenceCount: Int, _ windowCount: Int, mostSteps: Int = mostSteps
    ) -> Double? {
        let (m, n) = (max(referenceCount, windowCount), min(referenceCount, windowCount))
        guard n > 0, m <= largestSample, statistic >= 0, statistic <= 1 else { return nil }
        let divisor = gcd(m, n)
        let (wide, narrow) = (m / divisor, n / divisor)
        guard let reach = Int(exactly: (statistic * Double(wide) * Double(n)).rounded()) else { return nil }
        guard reach > 0 else { return 1 }
        guard m * min(2 * reach / wide + 2, n + 1) <= mostSteps else { return nil }
        return shareLeaving(m, n, wide, narrow, reach)
    }

    /// The share of paths that touch the border of the band; `left` holds it for paths to each point of a column.
    private static func shareLeaving(_ m: Int, _ n: Int, _ wide: Int, _ narrow: Int, _ reach: Int) -> Double {
        var low = 0
        var high = min((reach + wide - 1) / wide, n + 1)
        var left = [Double](repeating: 1, count: min(2 * high + 2, n + 1))
        for row in 0..<high { left[row] = 0 }
        let parts = (0...(m + n)).map { 1 / Double($0) }
        for column in 1...m {
            let (lastLow, lastCount) = (low, high - low)
            low = min(max(floored(narrow * column - reach, wide) + 1, 0), n)
            high = min(-floored(-(narrow * column + reach), wide), n + 1)
            guard high > low else { return 1 }
            var share = low == 0 ? 0.0 : 1.0
            for row in low..<high {
                let before = left[row - lastLow]
                share = (before * Double(column) + share * Double(row)) * parts[column + row]
                left[row - low] = share
            }
            let count = high - low
            if lastCount > count {
                for place in count..<lastCount { left[place] = 1 }
            }
        }
        return min(left[high - low - 1], 1)
    }

    private static func floored(_ number: Int, _ divisor: Int) -> Int {
        number >= 0 ? number / divisor : -((divisor - 1 - number) / divisor)
    }

    private static func gcd(_ left: Int, _ right: Int) -> Int {
        var (left, right) = (left, right)
        while right != 0 { (left, right) = (right, left % right) }
        return left
    }
}

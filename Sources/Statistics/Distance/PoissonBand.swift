#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// The exact distribution of the Kolmogorov-Smirnov statistic for small n, as the chance that a Poisson process stays in a
/// band.
///
/// Given that n points fell into 0...1, those of a Poisson process of rate n are a uniform sample. The statistic is at most
/// `reach / n` if the count N(s) stays between `n s - reach` and `n s + reach`. The borders pass integers only at times
/// `(k - reach) / n` and `(k + reach) / n`; between those the chances of each count are convolved with a Poisson law and
/// then cut to what the borders allow (Pomeranz, Algorithm 487, 1974).
struct PoissonBand {
    /// The probability of a statistic of at most `reach / count`, for `reach` below `count`. O(count * reach * 20).
    static func probability(reach: Double, count n: Int) -> Double {
        let whole = Int(reach)
        let part = reach - Double(whole)
        // In every stretch of 1/n one border passes an integer this far behind its start, the other as far before its end.
        let margin = min(part, 1 - part)
        let (outer, inner) = (weights(mean: 2 * margin), weights(mean: 1 - 2 * margin))
        let edge = weights(mean: margin)
        var band = PoissonBand(count: n, ceiling: whole)
        for stretch in 0..<n {
            band.advance(stretch == 0 ? edge : outer)
            if part <= 0.5 { band.lift(to: stretch - whole + 1) } else { band.ceiling += 1 }
            band.advance(inner)
            if part <= 0.5 { band.ceiling += 1 } else { band.lift(to: stretch - whole + 1) }
        }
        band.advance(edge)
        let law = exp(-StirlingRemainder.value(Double(n))) / (2 * Double.pi * Double(n)).squareRoot()
        return band.chances[n] / law
    }

    /// The chance of every count, 0 outside `lowest...highest`.
    private var chances: [Double]
    private var next: [Double]
    private var lowest = 0
    private var highest = 0
    /// The greatest count allowed until the upper border passes the next integer.
    private var ceiling: Int

    private init(count: Int, ceiling: Int) {
        chances = [Double](repeating: 0, count: count + 1)
        next = chances
        chances[0] = 1
        self.ceiling = ceiling
    }

    /// The Poisson law of a mean of at most 1, as far as it shows.
    private static func weights(mean: Double) -> [Double] {
        var weights = [exp(-mean)]
        while let last = weights.last, last > 1e-20, mean > 0 {
            weights.append(last * mean / Double(weights.count))
        }
        return weights
    }

    /// Adds a Poisson number of points.
    private mutating func advance(_ weights: [Double]) {
        let top = min(ceiling, chances.count - 1)
        guard lowest <= top else { return }
        for count in lowest...top {
            var sum = 0.0
            let first = max(lowest, count - weights.count + 1)
            if first <= min(highest, count) {
                for before in first...min(highest, count) { sum += chances[before] * weights[count - before] }
            }
            next[count] = sum
        }
        swap(&chances, &next)
        highest = top
    }

    /// Forbids counts below the lower border.
    private mutating func lift(to ground: Int) {
        while lowest < ground, lowest < chances.count {
            chances[lowest] = 0
            next[lowest] = 0
            lowest += 1
        }
    }
}

#if canImport(Glibc)
internal import Glibc
#else
internal import Darwin
#endif

/// The exact distribution of the Kolmogorov-Smirnov statistic for small n, as the chance that a Poisson process stays in a
/// band.
///
/// Given that n points fell into 0...1, those of a Poisson process of rate n are a uniform sample. The statistic is at most
/// `reach / n` if the count N(s) stays between `n s - reach` and `n s + reach`. Both borders pass integers only at
/// times `(k - reach) / n` and `(k + reach) / n`; between those the chances of each count are convolved with a
/// Poisson law and then cut to what the borders allow (Pomeranz, Algorithm 487, 1974).
enum PoissonBand {
    /// The probability of a statistic of at most `reach / count`. O(count * reach * 20).
    static func probability(reach: Double, count n: Int) -> Double {
        let limit = Double(n)
        var chances: [Double] = [1]
        var lowest = 0
        var time = 0.0
        // The next border times, in units of 1/n: the count must be below `ceiling` until the upper one, and above
        // `ground` from the lower one on.
        var ceiling = reach.rounded(.down) + 1
        var ground = 0.0
        while true {
            let (upper, lower) = (ceiling - reach, ground + reach)
            let next = min(upper, lower, limit)
            chances = convolved(chances, mean: next - time, upTo: Int(min(ceiling, limit + 1)) - lowest)
            time = next
            guard next < limit else { break }
            if upper <= lower { ceiling += 1 }
            if lower <= upper {
                ground += 1
                let dropped = min(Int(ground) - lowest, chances.count)
                chances.removeFirst(max(dropped, 0))
                lowest = Int(ground)
            }
        }
        guard chances.indices.contains(n - lowest) else { return 0 }
        let law = exp(-StirlingRemainder.value(limit)) / (2 * Double.pi * limit).squareRoot()
        return chances[n - lowest] / law
    }

    /// The chances after a Poisson number of points with a mean of at most 1 has been added, for the first `width` counts.
    private static func convolved(_ chances: [Double], mean: Double, upTo width: Int) -> [Double] {
        guard width > 0 else { return [] }
        guard mean > 0 else { return Array(chances.prefix(width)) }
        var weights = [exp(-mean)]
        while weights.count < width, let last = weights.last, last > 1e-20 {
            weights.append(last * mean / Double(weights.count))
        }
        var result = [Double](repeating: 0, count: width)
        for (start, chance) in chances.enumerated().prefix(width) {
            for offset in 0..<min(weights.count, width - start) {
                result[start + offset] += chance * weights[offset]
            }
        }
        return result
    }
}

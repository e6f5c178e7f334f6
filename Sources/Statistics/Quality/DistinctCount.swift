#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// How many distinct values there are, and how far that may be from the truth.
package struct DistinctCount: Hashable, Sendable {
    /// The number of distinct values, not rounded where it is estimated.
    package let value: Double
    /// How far the true number may be from it: 0 where it is exact, else four standard errors, which one column in more than
    /// ten thousand exceeds.
    package let errorBound: Double

    /// A number with its bound.
    package init(value: Double, errorBound: Double) {
        self.value = value
        self.errorBound = errorBound
    }

    /// How many standard errors a bound holds.
    static let standardErrors = 4.0

    /// The estimate from HyperLogLog registers that is free of bias over its whole range (Ertl, New cardinality estimation
    /// algorithms for HyperLogLog sketches, 2017, algorithm 6). O(registers).
    init(registers: [UInt8], size: DistinctSketch.Size) {
        var histogram = [Int](repeating: 0, count: size.greatestRank + 1)
        for rank in registers { histogram[min(Int(rank), size.greatestRank)] += 1 }
        let all = Double(registers.count)
        var sum = all * Self.tau(1 - Double(histogram[size.greatestRank]) / all)
        for rank in (1..<size.greatestRank).reversed() { sum = 0.5 * (sum + Double(histogram[rank])) }
        sum += all * Self.sigma(Double(histogram[0]) / all)
        value = all * all / (2 * log(2.0) * sum)
        errorBound = Self.standardErrors * 1.04 / all.squareRoot() * value
    }

    /// Linear counting: names that fell into `occupied` of so many cells (Whang, Vander-Zanden, Taylor 1990).
    ///
    /// Nil where every cell is occupied: then there may be any number of names.
    init?(occupied: Int, cells: Int) {
        guard occupied < cells else { return nil }
        let load = -log1p(-Double(occupied) / Double(cells))
        value = Double(cells) * load
        errorBound = Self.standardErrors * (Double(cells) * (exp(load) - load - 1)).squareRoot()
    }

    /// The same count, held between bounds that are certain.
    package func held(from least: Double, to most: Double) -> DistinctCount {
        guard least < most else { return DistinctCount(value: least, errorBound: 0) }
        let held = min(max(value, least), most)
        return DistinctCount(
            value: held, errorBound: min(errorBound + (held - value).magnitude, max(held - least, most - held)))
    }

    private static func sigma(_ share: Double) -> Double {
        guard share < 1 else { return .infinity }
        var (x, y, sum) = (share, 1.0, share)
        while true {
            x *= x
            let next = sum + x * y
            y += y
            if next == sum { return sum }
            sum = next
        }
    }

    private static func tau(_ share: Double) -> Double {
        guard share > 0, share < 1 else { return 0 }
        var (x, y, sum) = (share, 1.0, 1 - share)
        while true {
            x = x.squareRoot()
            y *= 0.5
            let next = sum - (1 - x) * (1 - x) * y
            if next == sum { return sum / 3 }
            sum = next
        }
    }
}

#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// Values of a statistic that were simulated without drift, with a stated continuation beyond what they can tell.
///
/// Down to levels at which ten simulated values lie beyond, the critical value is an order statistic: the least one that at
/// most that share exceeds, so that discrete statistics get the largest attainable level that is not above the stated one.
/// Further out the logarithm of the tail is continued as a straight line in the value (in its square, for statistics that
/// grow like a root), through the points at 10 % and 1 %. Tails that fall ever faster, as those of all statistics here but
/// Pearson's with few expected rows, lie below that line, so that the promise is kept with some power given away.
package struct NullSample: Hashable, Sendable {
    /// How many values were simulated.
    private let count: Int
    /// The greatest tenth of them, ascending.
    private let tail: [Double]
    /// Every sixteenth of the others, ascending, from the least one on.
    private let body: [Double]
    /// 1, or 2 for statistics that grow like the root of a quadratic form.
    private let power: Double

    /// The fewest values beyond a critical value that is read off.
    private static let fewest = 10
    /// Room for the last bits of a value that another order of terms gives.
    private static let slack = 1e-9
    private static let step = 16

    init(_ values: [Double], power: Double) {
        let sorted = values.sorted()
        count = sorted.count
        let split = sorted.count - min(sorted.count / 10 + 1, sorted.count)
        tail = Array(sorted[split...])
        body = stride(from: 0, to: split, by: Self.step).map { sorted[$0] }
        self.power = power
    }

    /// What a share of at most `level` exceeds; nil where the values do not tell. O(log values).
    package func critical(at level: Double) -> Double? {
        guard count > 0, level > 0, level < 1 else { return nil }
        let beyond = Int(level * Double(count))
        guard beyond < Self.fewest else {
            if beyond < tail.count { return tail[tail.count - 1 - beyond] * (1 + Self.slack) }
            let above = (count - 1 - beyond + Self.step - 1) / Self.step
            return (above < body.count ? body[above] : tail[0]) * (1 + Self.slack)
        }
        guard let line, tail.count > Self.fewest else { return nil }
        let reach = line.height + line.width * log(line.share / level)
        let seen = tail[tail.count - 1 - Self.fewest]
        return max(power == 2 ? reach.squareRoot() : reach, seen) * (1 + Self.slack)
    }

    /// The probability of a value at least as great; never less than the values and their continuation tell.
    package func survival(_ value: Double) -> Double {
        let low = value * (1 - Self.slack)
        guard count > 0, let first = tail.first, first < low else {
            let below = Self.index(of: low, in: body)
            return min(Double(count - max(below - 1, 0) * Self.step) / Double(max(count, 1)), 1)
        }
        let atLeast = tail.count - Self.index(of: low, in: tail)
        guard atLeast < Self.fewest else { return Double(atLeast) / Double(count) }
        let ceiling = Double(Self.fewest) / Double(count)
        guard let line else { return ceiling }
        let reach = power == 2 ? value * value : value
        return min(line.share * exp((line.height - reach) / line.width), ceiling)
    }

    /// The straight line that the tail is continued by: a point on it, and by how much the value grows while the share falls to
    /// 1/e; nil where the two points are one.
    private var line: (height: Double, share: Double, width: Double)? {
        let far = max(count / 100, 2 * Self.fewest)
        guard tail.count > far + 1 else { return nil }
        let (low, high) = (tail[0], tail[tail.count - 1 - far])
        let shares = (share(notBelow: low), share(notBelow: high))
        let heights = power == 2 ? (low * low, high * high) : (low, high)
        guard heights.1 > heights.0, shares.0 > shares.1 else { return nil }
        return (heights.1, shares.1, (heights.1 - heights.0) / log(shares.0 / shares.1))
    }

    private func share(notBelow value: Double) -> Double {
        Double(tail.count - Self.index(of: value * (1 - Self.slack), in: tail)) / Double(count)
    }

    private static func index(of value: Double, in values: [Double]) -> Int {
        var (low, high) = (0, values.count)
        while low < high {
            let middle = (low + high) / 2
            if values[middle] < value { low = middle + 1 } else { high = middle }
        }
        return low
    }
}

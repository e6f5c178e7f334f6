#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// How many of the rows of one category fall to the window in a draw without replacement, with probabilities, for sums over
/// all of them.
///
/// O(standard deviation) numbers while that is small, O(1) beyond.
struct CategorySplit {
    /// One number of rows; of a ``isNormal`` law not every number is one.
    struct Point {
        /// How many rows more than on average.
        let excess: Double
        let window: Double
        let probability: Double
    }

    /// Their probabilities add up to 1.
    let points: [Point]
    /// The standard deviation.
    let spread: Double

    /// Whether it is so large that some numbers of a normal law stand for all.
    var isNormal: Bool { spread >= Self.large }

    /// Less of what is most probable is nothing.
    private static let least = 1e-12
    private static let large = 12.0

    /// Of `total` rows of both sides, of which the reference has so many rows and the window so many.
    init(of total: Double, reference n: Double, window m: Double) {
        let all = n + m
        let mean = total / all * m
        let spread = (mean * (n / all) * ((all - total) / max(all - 1, 1))).squareRoot()
        self.spread = spread
        let (fewest, most) = (max(total - n, 0), min(total, m))
        guard spread < Self.large else {
            points = Self.normalised(
                (-24...24).map { (mean + Double($0) / 3 * spread, exp(-Double($0 * $0) / 18)) }
                    .filter { $0.0 >= fewest && $0.0 <= most }, mean)
            return
        }
        let start = min(max(mean.rounded(), fewest), most)
        // From k to k + 1 rows the probability grows by that.
        func growth(_ k: Double) -> Double { (total - k) / (k + 1) * ((m - k) / (n - total + k + 1)) }
        var found = [(start, 1.0)]
        func walk(_ step: Double, to end: Double) {
            var (place, probability) = (start, 1.0)
            while place != end, probability > Self.least {
                if step > 0 { probability *= growth(place) } else { probability /= growth(place - 1) }
                place += step
                found.append((place, probability))
            }
        }
        walk(1, to: most)
        walk(-1, to: fewest)
        points = Self.normalised(found, mean)
    }

    private static func normalised(_ found: [(window: Double, weight: Double)], _ mean: Double) -> [Point] {
        let all = found.reduce(0) { $0 + $1.weight }
        return found.map { Point(excess: $0.window - mean, window: $0.window, probability: $0.weight / all) }
    }
}

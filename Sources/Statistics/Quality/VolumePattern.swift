/// What the same stretch of earlier weeks says about how many rows to expect.
///
/// The centre is the median of these weeks, which one outage or one campaign among them does not move. How much weeks differ
/// is estimated on the scale `2 sqrt(count + 3/8)`, on which counts that only chance scatters have variance 1 (Anscombe
/// 1948). A window is judged twice, two-sided, and the greater p-value counts: by Student's t with the spread of the weeks
/// around the median, and as if weeks differed by chance alone, so that traffic which was more even than chance is not
/// trusted. From five weeks on the one farthest from the median is left out of the spread, which is then widened by a factor
/// that makes up for it under normal weeks (simulated). Smallest sound sample: two weeks; they tell only gross changes.
package struct VolumePattern: Hashable, Sendable {
    /// How many rows the earlier weeks had, at least two.
    package let weeks: [Int]

    /// The fewest weeks that say anything.
    package static let fewestWeeks = 2
    /// The most weeks that are looked at.
    package static let mostWeeks = 8

    /// Nil for fewer than two weeks; of more than eight only the first are taken.
    package init?(weeks: [Int]) {
        guard weeks.count >= Self.fewestWeeks else { return nil }
        self.weeks = Array(weeks.prefix(Self.mostWeeks))
    }

    /// How many rows to expect: the median of the weeks.
    package var expected: Double { Self.median(weeks.map(Double.init)) }

    /// So many rows in units of what is expected; nil where nothing is.
    package func ratio(of count: Int) -> Double? {
        expected > 0 ? Double(count) / expected : nil
    }

    /// The probability of a count at least as far from the expected one while the pattern holds.
    package func pValue(of count: Int) -> Double? {
        let scale = { (count: Double) in 2 * (Swift.max(count, 0) + 0.375).squareRoot() }
        let values = weeks.map { scale(Double($0)) }
        let centre = Self.median(values)
        let size = Double(values.count)
        // The median of normal values has pi / 2 times the variance of the mean.
        let deviation = (scale(Double(count)) - centre) / (1 + Double.pi / 2 / size).squareRoot()
        let byChance = StudentDistribution.twoSided(deviation, degreesOfFreedom: 1e9)
        guard let (spread, degrees) = Self.spread(of: values, around: centre), let byChance else { return byChance }
        return StudentDistribution.twoSided(deviation / spread, degreesOfFreedom: degrees).map {
            Swift.max($0, byChance)
        }
    }

    /// By how much to widen a spread that leaves out the farthest of so many weeks.
    private static let trimming: [Int: Double] = [5: 1.46, 6: 1.36, 7: 1.29, 8: 1.26]

    /// The spread of the weeks and its degrees of freedom; nil where they do not differ.
    private static func spread(of values: [Double], around centre: Double) -> (value: Double, degrees: Double)? {
        var squares = values.map { ($0 - centre) * ($0 - centre) }.sorted()
        let factor = trimming[values.count]
        if factor != nil { squares.removeLast() }
        let degrees = Double(squares.count - 1)
        let variance = squares.reduce(0, +) / degrees
        return variance > 0 ? (variance.squareRoot() * (factor ?? 1), degrees) : nil
    }

    private static func median(_ values: [Double]) -> Double {
        let sorted = values.sorted()
        let middle = sorted.count / 2
        return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
    }
}

/// DeLong's test: whether two scores of the same rows have the same area under the ROC curve.
///
/// Each positive row has a placement, the share of negative rows that it is above, and each negative row likewise; the
/// covariance of the placements gives that of the areas (DeLong, DeLong and Clarke-Pearson 1988), found by sorting
/// (as Sun and Xu 2014). With weights, placements are shares of weight, their means and variances go by weight, and the number of
/// rows of a class is the effective one. Smallest sound sample: thirty effective rows of each class. O(rows log rows).
package struct DeLong: Hashable, Sendable {
    /// A labelled row with both scores.
    package struct Row: Hashable, Sendable {
        package let first: Double
        package let second: Double
        package let isPositive: Bool
        /// What the row weighs, in parts of a row.
        package let parts: Int

        /// A row; scores are no NaN.
        package init(first: Double, second: Double, isPositive: Bool, parts: Int = WeighedRows.parts) {
            self.first = first
            self.second = second
            self.isPositive = isPositive
            self.parts = parts
        }
    }

    /// How many rows are positive.
    package let positives: Int
    /// How many rows are negative.
    package let negatives: Int
    /// The area of the first score.
    package let firstArea: Double
    /// The area of the second score.
    package let secondArea: Double
    /// The variance of the difference; 0 where both order all rows alike.
    package let variance: Double

    /// Nil with fewer than two rows of a class, where one row of it outweighs all others, or if a score is NaN.
    package init?(_ rows: [Row]) {
        guard rows.allSatisfy({ !$0.first.isNaN && !$0.second.isNaN }) else { return nil }
        // Sums of doubles depend on their order; in this one they depend on the set of rows alone.
        let sorted = rows.sorted { ($0.first, $0.second, $0.parts) < ($1.first, $1.second, $1.parts) }
        let positive = sorted.filter(\.isPositive)
        let negative = sorted.filter { !$0.isPositive }
        guard positive.count >= 2, negative.count >= 2 else { return nil }
        positives = positive.count
        negatives = negative.count
        let first = DeLong.placements(positive, negative, \.first)
        let second = DeLong.placements(positive, negative, \.second)
        firstArea = DeLong.mean(first.positive, positive)
        secondArea = DeLong.mean(second.positive, positive)
        variance =
            DeLong.varianceOfMean(zip(second.positive, first.positive).map { $0 - $1 }, positive)
            + DeLong.varianceOfMean(zip(second.negative, first.negative).map { $0 - $1 }, negative)
        guard variance.isFinite else { return nil }
    }

    /// The second area minus the first.
    package var difference: Double { secondArea - firstArea }

    /// The difference by its standard error; nil where that is 0.
    package var statistic: Double? { variance > 0 ? difference / variance.squareRoot() : nil }

    /// How likely a difference at least as large is where the areas are equal; nil where the variance is 0 and they differ.
    package var pValue: Double? {
        guard let statistic else { return difference == 0 ? 1 : nil }
        return min(2 * NormalDistribution.survival(statistic.magnitude), 1)
    }

    /// The interval of the difference at level 0.95.
    package var interval: Interval? {
        Interval.normal(difference, variance: variance)?.limited(to: -1...1, around: difference)
    }

    /// For each positive row the share of negative ones below it, for each negative row that of positive ones above it;
    /// ties count half.
    private static func placements(
        _ positive: [Row], _ negative: [Row], _ score: KeyPath<Row, Double>
    ) -> (positive: [Double], negative: [Double]) {
        let (above, below) = (Ladder(positive, score), Ladder(negative, score))
        return (
            positive.map { below.share(below: $0[keyPath: score]) },
            negative.map { 1 - above.share(below: $0[keyPath: score]) }
        )
    }

    /// The rows of one class by score, with what lies below each.
    private struct Ladder {
        private let scores: [Double]
        /// What the rows before a place weigh, in half parts so that half of a tie is a whole number.
        private let before: [Int]

        init(_ rows: [Row], _ score: KeyPath<Row, Double>) {
            let sorted = rows.sorted { $0[keyPath: score] < $1[keyPath: score] }
            scores = sorted.map { $0[keyPath: score] }
            var before = [0]
            before.reserveCapacity(rows.count + 1)
            for row in sorted { before.append(before[before.count - 1] &+ row.parts &* 2) }
            self.before = before
        }

        /// The share of rows below a score, ties by half. O(log rows).
        func share(below score: Double) -> Double {
            let (low, high) = (place { $0 < score }, place { $0 <= score })
            return Double((before[low] &+ before[high]) / 2) / Double(before[scores.count])
        }

        /// How many scores pass a test that all before the last one of them pass.
        private func place(_ passes: (Double) -> Bool) -> Int {
            var (low, high) = (0, scores.count)
            while low < high {
                let middle = (low + high) / 2
                if passes(scores[middle]) { low = middle + 1 } else { high = middle }
            }
            return low
        }
    }

    private static func mean(_ values: [Double], _ rows: [Row]) -> Double {
        let parts = rows.reduce(0) { $0 &+ $1.parts }
        return zip(values, rows).reduce(0) { $0 + $1.0 * Double($1.1.parts) } / Double(parts)
    }

    /// The variance with ddof 1, by the number of rows, both effective.
    private static func varianceOfMean(_ values: [Double], _ rows: [Row]) -> Double {
        let mean = mean(values, rows)
        var weighed = WeighedRows()
        for row in rows { weighed.add(parts: row.parts) }
        let squares = zip(values, rows).reduce(0) { $0 + ($1.0 - mean) * ($1.0 - mean) * Double($1.1.parts) }
        return squares / (weighed.weight * Double(WeighedRows.parts)) / (weighed.effective - 1)
    }
}

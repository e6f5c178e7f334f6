/// A share of rows by weight: hits of rows, what both weigh, and how many independent rows that is worth.
///
/// Where every row counts once, weights are rows and a row is worth one. Otherwise a weight is worth `unit` rows, the effective
/// number of rows (Kish, Survey Sampling, 1965, 11.7) by the sum of the weights, of all rows that the share is a part of. So the
/// rows of a part are taken to weigh as unevenly as all of them.
package struct WeightedShare: Hashable, Sendable {
    /// How many rows have the property.
    package let hits: Int
    /// How many rows there are.
    package let count: Int
    /// What the rows with the property weigh.
    package let hitWeight: Double
    /// What all rows weigh.
    package let weight: Double
    /// How many effective rows a weight of 1 is worth.
    package let unit: Double

    /// Rows that all count once.
    package init(_ hits: Int, of count: Int) {
        self.init(rows: (hits, count), weights: (Double(hits), Double(count)), unit: 1)
    }

    /// Rows with what they weigh.
    package init(rows: (hits: Int, count: Int), weights: (hits: Double, all: Double), unit: Double) {
        (hits, count) = rows
        (hitWeight, weight) = weights
        self.unit = unit
    }

    /// No rows.
    package static let none = WeightedShare(0, of: 0)

    /// The share by weight; nil without rows.
    package var value: Double? { isSound && weight > 0 ? hitWeight / weight : nil }

    /// How many effective rows have the property.
    var effectiveHits: Double { hitWeight * unit }

    /// How many effective rows there are.
    package var effectiveCount: Double { weight * unit }

    /// Wilson's interval of the share at level 0.95; nil without rows.
    package var interval: Interval? { Interval.share(hits: effectiveHits, of: effectiveCount) }

    /// Whether there are no more hits than rows, and no less than none.
    var isSound: Bool {
        hits >= 0 && hits <= count && hitWeight >= 0 && hitWeight <= weight && unit >= 0 && unit.isFinite
    }

    /// The same rows, a weight of which is worth so many effective ones.
    package func worth(_ unit: Double) -> WeightedShare {
        WeightedShare(rows: (hits, count), weights: (hitWeight, weight), unit: unit)
    }

    /// The rows without some of them, worth as much each.
    package func without(_ part: WeightedShare) -> WeightedShare {
        WeightedShare(
            rows: (hits &- part.hits, count &- part.count),
            weights: (hitWeight - part.hitWeight, weight - part.weight), unit: unit)
    }
}

extension Interval {
    /// Newcombe's hybrid score interval of the difference of two independent shares (Newcombe 1998, method 10).
    ///
    /// Nil if one side has no rows. Sound from one effective row a side on.
    package static func difference(_ left: WeightedShare, minus right: WeightedShare) -> Interval? {
        guard let first = left.interval, let second = right.interval, let value = left.value, let other = right.value
        else { return nil }
        return difference(value, first, minus: other, second)
    }
}

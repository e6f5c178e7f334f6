package import Statistics

/// The labelled rows of a slice with what they weigh and how many independent rows they are worth.
package struct LabelledRows: Sendable {
    /// The rows.
    package private(set) var rows: OutcomeCounts
    /// The same by weight, in parts of a row; nil where every row counts once.
    private var parts: OutcomeCounts?
    private var weighed: WeighedRows

    /// Labelled rows of merged panes; `knownAt` is the window's end where only labels known then count.
    init(_ pane: Pane, rows: OutcomeCounts, knownAt end: Time? = nil) {
        self.rows = rows
        guard pane.isWeighted else {
            weighed = WeighedRows(count: rows.labels)
            return
        }
        let parts = pane.weightedCounts(knownAt: end)
        weighed = WeighedRows(
            count: rows.labels, sum: Int128(parts.labels),
            squares: Int128(RowWeight.unit * RowWeight.unit) &* Int128(rows.labels) &+ pane.labelSquares(knownAt: end))
        self.parts = parts
    }

    /// Takes away rows that are among them.
    package mutating func subtract(_ other: Self) {
        if parts != nil || other.parts != nil {
            var sum = parts ?? rows.repeated(RowWeight.unit)
            sum.subtract(other.parts ?? other.rows.repeated(RowWeight.unit))
            parts = sum
        }
        rows.subtract(other.rows)
        weighed.subtract(other.weighed)
    }

    /// How many effective rows a weight of 1 is worth.
    package var unit: Double {
        guard parts != nil else { return 1 }
        return weighed.weight > 0 ? weighed.effective / weighed.weight : 0
    }

    /// A share of them, by how it is counted.
    package func share(_ count: (OutcomeCounts) -> (hits: Int, count: Int)) -> WeightedShare {
        let counted = count(rows)
        guard let parts else { return WeightedShare(counted.hits, of: counted.count) }
        let (hits, all) = count(parts)
        let unit = Double(RowWeight.unit)
        return WeightedShare(
            rows: counted, weights: (Double(hits) / unit, Double(all) / unit), unit: self.unit)
    }

    /// The rows that were judged rightly, of those with a predicted class.
    package var hits: WeightedShare {
        share { counts in
            var (hits, count) = (0, 0)
            for (cell, number) in counts.confusion.counts {
                count += number
                if cell.predicted == cell.actual { hits += number }
            }
            return (hits, count)
        }
    }

    /// One class against the rest.
    ///
    /// `predicted` are the rows with a prediction and how many of these are positive, by rows and by weight, with how many effective
    /// rows a weight is worth; nil takes the labelled rows.
    package func groupOutcomes(positive: ByteText, predicted: WeightedShare? = nil) -> GroupOutcomes {
        let counts = GroupOutcomes.Counts(
            rows.confusion, positive: positive, predicted: predicted.map { ($0.count, $0.hits) })
        guard let parts else { return GroupOutcomes(counts) }
        let inParts = predicted.map { share in
            (all: Int(share.weight * Double(RowWeight.unit)), positive: Int(share.hitWeight * Double(RowWeight.unit)))
        }
        return GroupOutcomes(
            counts,
            weights: GroupOutcomes.Weights(
                GroupOutcomes.Counts(parts.confusion, positive: positive, predicted: inParts), parts: RowWeight.unit,
                predictionUnit: predicted?.unit ?? unit, labelUnit: unit))
    }

    /// The errors of a regression by weight, how many rows they are of, and how many effective rows one count is worth; nil without.
    package var residuals: (sums: Residuals, rows: Int, unit: Double)? {
        guard let rows = rows.residuals else { return nil }
        guard let parts else { return (rows, rows.count, 1) }
        return parts.residuals.map { ($0, rows.count, unit / Double(RowWeight.unit)) }
    }
}

extension WindowSummary {
    /// The labelled rows of the window: all, or those whose label was known at its end.
    package var labelled: LabelledRows { LabelledRows(pane, rows: counts, knownAt: isKnownAtEnd ? window.end : nil) }

    /// Those of the reference; nil without one.
    package var referenceLabelled: LabelledRows? {
        reference.map { LabelledRows($0.pane, rows: $0.pane.outcomes.counts) }
    }
}

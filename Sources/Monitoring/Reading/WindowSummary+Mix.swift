package import Statistics

extension WindowSummary {
    /// Labelled rows and right ones by tenths of the score; nil where whole bins are not predicted alike.
    package var scoreBins: [ScoreBin]? { isKnownAtEnd ? nil : scoreBins(of: pane) }

    /// The same of the reference.
    package var referenceScoreBins: [ScoreBin]? { reference.flatMap { scoreBins(of: $0.pane) } }

    /// One tenth of the score.
    package struct ScoreBin: Sendable {
        /// The least score of the bin.
        package let low: Double
        /// The score that it ends at.
        package let high: Double
        /// Its right rows of its labelled ones; all bins in one unit.
        package let hits: WeightedShare
    }

    private func scoreBins(of pane: Pane) -> [ScoreBin]? {
        guard schema.task == .binary, let rows = ScoreBinHits(pane.outcomes.pairs, threshold: schema.threshold)
        else { return nil }
        // Where rows have no score or predictions do not follow it the bins do not tell of all rows.
        let labelled = LabelledRows(pane, rows: pane.outcomes.counts)
        let all = labelled.hits
        guard rows.count == all.count, rows.hits == all.hits else { return nil }
        guard pane.isWeighted else {
            return rows.bins.map {
                ScoreBin(low: $0.low, high: $0.high, hits: WeightedShare($0.hits, of: $0.count))
            }
        }
        guard let parts = ScoreBinHits(pane.weightedOutcomes.pairs, threshold: schema.threshold) else { return nil }
        let unit = Double(RowWeight.unit)
        return zip(rows.bins, parts.bins).map { bin, weighed in
            ScoreBin(
                low: bin.low, high: bin.high,
                hits: WeightedShare(
                    rows: (bin.hits, bin.count), weights: (Double(weighed.hits) / unit, Double(weighed.count) / unit),
                    unit: labelled.unit))
        }
    }
}

package import Statistics

extension WindowSummary {
    /// The rows that were judged rightly, of those with a label.
    package var hits: (hits: Int, count: Int) { Self.hits(counts.confusion) }

    /// The same of the reference; nil without a reference.
    package var referenceHits: (hits: Int, count: Int)? {
        reference.map { Self.hits($0.pane.outcomes.counts.confusion) }
    }

    /// Labelled rows and right ones by tenths of the score; nil where whole bins are not predicted alike.
    package var scoreBins: ScoreBinHits? { isKnownAtEnd ? nil : scoreBins(of: pane) }

    /// The same of the reference.
    package var referenceScoreBins: ScoreBinHits? { reference.flatMap { scoreBins(of: $0.pane) } }

    private func scoreBins(of pane: Pane) -> ScoreBinHits? {
        guard schema.task == .binary,
            let bins = ScoreBinHits(pane.outcomes.pairs, threshold: schema.threshold)
        else { return nil }
        // Where rows have no score or predictions do not follow it the bins do not tell of all rows.
        let all = Self.hits(pane.outcomes.counts.confusion)
        return bins.count == all.count && bins.hits == all.hits ? bins : nil
    }

    private static func hits(_ confusion: ConfusionCounts) -> (hits: Int, count: Int) {
        var (hits, count) = (0, 0)
        for (cell, number) in confusion.counts {
            count += number
            if cell.predicted == cell.actual { hits += number }
        }
        return (hits, count)
    }
}

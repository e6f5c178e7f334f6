package import Statistics

/// Where the rate of positive predictions of a group comes from.
package enum SelectionBasis: String, Sendable {
    /// The predicted classes of all rows.
    case predictions
    /// The scores of all rows against the threshold.
    case scores
    /// The rows with a label, because not every row says what was predicted.
    case labels
}

extension WindowSummary {
    /// What fairness is judged by, of the rows of this window.
    package func groupOutcomes(positive: ByteText) -> (outcomes: GroupOutcomes, basis: SelectionBasis) {
        let (predicted, basis) = selection(positive: positive)
        return (labelled.groupOutcomes(positive: positive, predicted: predicted), basis)
    }

    /// The rows with a prediction and those of them predicted positive; nil where that is not known of all.
    private func selection(positive: ByteText) -> (predicted: WeightedShare?, basis: SelectionBasis) {
        let classes = categorical(.prediction)
        if predictions > 0, classes.count == predictions, classes.hashed.isEmpty {
            let weighted = pane.isWeighted ? pane.weighted(categorical: .prediction) : nil
            let parts = weighted.map { $0.projected { grids.isNamed($0, in: .prediction) } }
            return (
                share(
                    (classes.named[positive, default: 0], classes.count),
                    parts: parts.map { ($0.named[positive, default: 0], $0.count) }, of: .prediction),
                .predictions
            )
        }
        let scores = numeric(.score)
        guard schema.task == .binary, positive == schema.positiveClass, predictions > 0, scores.count == predictions,
            classes.count == 0, let above = atLeastThreshold(scores)
        else { return (nil, .labels) }
        let parts = pane.isWeighted ? pane.weighted(numeric: .score) : nil
        return (
            share(
                (above, scores.count), parts: parts.map { (atLeastThreshold($0) ?? 0, $0.count) }, of: .score),
            .scores
        )
    }

    private func share(
        _ rows: (hits: Int, count: Int), parts: (hits: Int, count: Int)?, of column: ColumnName
    ) -> WeightedShare {
        guard let parts else { return WeightedShare(rows.hits, of: rows.count) }
        let all = Double(parts.count) / Double(RowWeight.unit)
        return WeightedShare(
            rows: rows, weights: (Double(parts.hits) / Double(RowWeight.unit), all),
            unit: all > 0 ? pane.effectiveCount(of: column) / all : 0)
    }

    /// How many scores are at or above the threshold; nil unless that is a cut point of the grid.
    private func atLeastThreshold(_ scores: NumericSummary) -> Int? {
        let grid = grids.grid(of: .score)
        let cell = grid.cell(of: schema.threshold)
        guard cell % 2 == 1 else { return nil }
        var below = 0
        for (index, pair) in scores.cells.occupied where index <= cell / 2 {
            below += pair.open
            if index < cell / 2 { below += pair.point }
        }
        return scores.count - below
    }
}

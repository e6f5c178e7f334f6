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
        return (GroupOutcomes(counts.confusion, positive: positive, predicted: predicted), basis)
    }

    /// How many rows there are with a prediction, and how many are predicted positive; nil where that is not known of all.
    private func selection(positive: ByteText) -> (predicted: (all: Int, positive: Int)?, basis: SelectionBasis) {
        let classes = categorical(.prediction)
        if predictions > 0, classes.count == predictions, classes.hashed.isEmpty {
            return ((classes.count, classes.named[positive, default: 0]), .predictions)
        }
        let scores = numeric(.score)
        guard schema.task == .binary, positive == schema.positiveClass, predictions > 0, scores.count == predictions,
            classes.count == 0, let above = scoresAtLeastThreshold
        else { return (nil, .labels) }
        return ((scores.count, above), .scores)
    }

    /// How many scores are at or above the threshold; nil unless that is a cut point of the grid.
    private var scoresAtLeastThreshold: Int? {
        let grid = grids.grid(of: .score)
        let cell = grid.cell(of: schema.threshold)
        guard cell % 2 == 1 else { return nil }
        var below = 0
        for (index, pair) in numeric(.score).cells.occupied where index <= cell / 2 {
            below += pair.open
            if index < cell / 2 { below += pair.point }
        }
        return numeric(.score).count - below
    }
}

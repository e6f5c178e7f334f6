package import Statistics

/// Labelled rows by what was predicted and what was true: what can be told for any state of knowledge.
package struct OutcomeCounts: MergeableSummary {
    /// How many predictions have a label.
    package internal(set) var labels = 0

    /// How many labels were replaced by a later one.
    package internal(set) var corrections = 0

    /// Predicted against true classes, of rows that predict one.
    package internal(set) var confusion = ConfusionCounts()

    /// The errors of a regression; nil while there are none.
    package internal(set) var residuals: Residuals?

    /// Nothing counted yet.
    package init() {}

    /// Whether nothing has been counted.
    package var isEmpty: Bool { labels == 0 && corrections == 0 && confusion.isEmpty && residuals == nil }

    /// Adds one delta, or takes it away, as its sign says.
    mutating func fold(_ delta: OutcomeDelta, rules: OutcomeRules) {
        let sign = delta.sign < 0 ? -1 : 1
        labels &+= sign
        corrections &+= Int(delta.corrections)
        switch delta.actual {
        case .category(let actual):
            guard let predicted = rules.predictedClass(delta.predicted, score: delta.score) else { return }
            confusion.fold(predicted: predicted, actual: actual, times: sign)
        case .number(let actual):
            guard let prediction = delta.predicted.number else { return }
            var sums = residuals ?? Residuals(scale: rules.residualScale)
            sums.fold(prediction: prediction, actual: actual, times: sign)
            residuals = sums.isEmpty ? nil : sums
        case .none: return
        }
    }

    /// Adds other counts, of the same units of residuals.
    package mutating func merge(_ other: Self) {
        labels &+= other.labels
        corrections &+= other.corrections
        confusion.merge(other.confusion)
        guard let added = other.residuals else { return }
        var sums = residuals ?? Residuals(scale: added.scale)
        sums.merge(added)
        residuals = sums.isEmpty ? nil : sums
    }

    /// Takes away counts that were merged before.
    package mutating func subtract(_ other: Self) {
        labels &-= other.labels
        corrections &-= other.corrections
        confusion.subtract(other.confusion)
        guard let taken = other.residuals else { return }
        var sums = residuals ?? Residuals(scale: taken.scale)
        sums.subtract(taken)
        residuals = sums.isEmpty ? nil : sums
    }
}

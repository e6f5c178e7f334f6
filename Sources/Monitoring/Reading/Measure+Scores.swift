package import Statistics

/// What of labelled rows measures read.
extension Measure {
    /// Whether `known_at=end` makes a difference and is answered: counts of labels, confusion and residual measures.
    package var dependsOnLabelTimes: Bool {
        switch self {
        case .labels, .labelCoverage, .corrections: true
        default: scope == .performance && !readsLabelledScores
        }
    }

    /// Whether the measure reads the scores of labelled rows, not only what was predicted.
    package var readsLabelledScores: Bool {
        switch self {
        case .rocAUC, .logLoss, .brier, .prAUC, .calibrationError: true
        default: placesCounted != nil || classArea != nil
        }
    }

    /// Among how many of the highest scores the true class must be to count; nil for a measure that does not count that.
    package var placesCounted: Int? {
        switch self {
        case .accuracyAt1: 1
        case .accuracyAt2: 2
        case .accuracyAt3: 3
        case .accuracyAt4: 4
        case .accuracyAt5: 5
        case .accuracyAt6: 6
        case .accuracyAt7: 7
        case .accuracyAt8: 8
        case .accuracyAt9: 9
        case .accuracyAt10: 10
        default: nil
        }
    }

    /// The shares of rows whose true class has one of the k highest scores, by k from 1 on.
    package static let accuracyAt: [Self] = [
        .accuracyAt1, .accuracyAt2, .accuracyAt3, .accuracyAt4, .accuracyAt5, .accuracyAt6, .accuracyAt7, .accuracyAt8,
        .accuracyAt9, .accuracyAt10,
    ]

    /// Which area of every class is averaged, and whether by how often each is true; nil for a measure that is no such mean.
    package var classArea: (area: ClassAreas.Area, isWeighted: Bool)? {
        switch self {
        case .rocAUCMacro: (.roc, false)
        case .rocAUCWeighted: (.roc, true)
        case .prAUCMacro: (.precision, false)
        case .prAUCWeighted: (.precision, true)
        default: nil
        }
    }
}

package import Statistics

/// The outcome half of a pane: predictions against their labels, however late these come.
///
/// Final counts hold every label; beside them stands when each was known, so that a window can also be answered as it was at
/// its end.
package struct Outcomes: MergeableSummary {
    /// All labels, of each id the one that counts.
    package internal(set) var counts = OutcomeCounts()

    /// Scores with their classes, of a binary model; of one with many classes, scores with whether the prediction was right.
    package internal(set) var pairs = ScorePairs()

    /// Log loss and Brier score of a classification.
    package internal(set) var probabilities = ProbabilitySums()

    /// How far the scores of ``pairs`` are from how often they come true.
    package internal(set) var calibration = Calibration()

    /// How high the true class ranks among the class scores.
    package internal(set) var ranks = RankCounts()

    /// The scores of every class of a model with many, by the true class.
    package internal(set) var classScores = ClassScores()

    /// The same by the predicted class, of rows that have one.
    package internal(set) var predictedScores = ClassScores()

    /// What the intervals of a regression's measures need.
    package internal(set) var spread = ResidualSpread()

    /// How long after the predictions their first labels became known.
    package internal(set) var lags = LabelLags()

    /// What became known up to a pane boundary and after the one before; what sums up to nothing does not exist.
    ///
    /// No boundary lies before the end of the pane, because no window that holds the pane ends earlier.
    package internal(set) var known: [Time: OutcomeCounts] = [:]

    /// Nothing counted yet.
    package init() {}

    /// Whether nothing has been counted.
    package var isEmpty: Bool {
        counts.isEmpty && pairs.isEmpty && probabilities.isEmpty && known.isEmpty && calibration.isEmpty
            && ranks.isEmpty && spread.isEmpty && lags.isEmpty && classScores.isEmpty && predictedScores.isEmpty
    }

    /// What was known at a pane boundary.
    ///
    /// - Complexity: O(boundaries at which something became known).
    package func counts(knownAt end: Time) -> OutcomeCounts {
        var sum = OutcomeCounts()
        for (boundary, part) in known where boundary <= end { sum.merge(part) }
        return sum
    }

    /// Adds those deltas whose predictions lie in the pane that ends at `paneEnd`.
    mutating func fold(
        _ deltas: [OutcomeDelta], rows: [Int32], paneEnd: Time, grid: PaneGrid, rules: OutcomeRules
    ) {
        var scored: [ScoredLabel] = []
        var (byTruth, byPrediction): ([RowScores], [RowScores]) = ([], [])
        for row in rows {
            let delta = deltas[Int(row)]
            counts.fold(delta, rules: rules)
            change(max(grid.boundary(notBefore: delta.knownAt), paneEnd)) { $0.fold(delta, rules: rules) }
            if let label = fold(delta, times: delta.sign < 0 ? -1 : 1, rules: rules) { scored.append(label) }
            guard let ranking = delta.ranking, let actual = delta.actual.category else { continue }
            let times = delta.sign < 0 ? -1 : 1
            byTruth.append(ranking.rowScores(own: actual, times: times))
            if let predicted = delta.predicted.category {
                byPrediction.append(ranking.rowScores(own: predicted, times: times))
            }
        }
        if !scored.isEmpty { pairs.fold(scored) }
        if !byTruth.isEmpty { classScores.fold(byTruth) }
        if !byPrediction.isEmpty { predictedScores.fold(byPrediction) }
    }

    /// Adds what is not kept for earlier states of knowledge; returns the score with its class, where there is one.
    private mutating func fold(_ delta: OutcomeDelta, times: Int, rules: OutcomeRules) -> ScoredLabel? {
        lags.fold(microseconds: (delta.knownAt - delta.eventTime).microseconds, times: times)
        switch delta.actual {
        case .category(let actual):
            guard let isTrue = rules.isTrue(delta.predicted, score: delta.score, actual: actual) else { return nil }
            if rules.task == .binary {
                probabilities.fold(score: delta.score, isPositive: isTrue, times: times)
            } else {
                probabilities.fold(
                    probabilityOfTruth: delta.actualProbability ?? .nan, squaredDistance: delta.squaredDistance,
                    times: times)
                if let rank = delta.actualRank { ranks.fold(rank: rank, times: times) }
            }
            calibration.fold(score: delta.score, isPositive: isTrue, times: times)
            return ScoredLabel(score: delta.score, isPositive: isTrue, times: times)
        case .number(let actual):
            if let prediction = delta.predicted.number {
                spread.fold(prediction: prediction, actual: actual, times: times)
            }
            return nil
        case .none: return nil
        }
    }

    /// Adds the outcomes of another pane or writer, all parts.
    package mutating func merge(_ other: Self) {
        merge(other, .all)
        mergeKnown(other)
    }

    /// Adds some parts.
    mutating func merge(_ other: Self, _ part: ColumnSelection.OutcomePart) {
        switch part {
        case .none: break
        case .counts: counts.merge(other.counts)
        case .all:
            counts.merge(other.counts)
            pairs.merge(other.pairs)
            probabilities.merge(other.probabilities)
            calibration.merge(other.calibration)
            ranks.merge(other.ranks)
            classScores.merge(other.classScores)
            predictedScores.merge(other.predictedScores)
            spread.merge(other.spread)
            lags.merge(other.lags)
        case .everything:
            merge(other, .all)
            mergeKnown(other)
        case .known: mergeKnown(other)
        }
    }

    /// Adds what was known when.
    mutating func mergeKnown(_ other: Self) {
        for (boundary, part) in other.known { change(boundary) { $0.merge(part) } }
    }

    /// Takes away outcomes that were merged before, all parts.
    package mutating func subtract(_ other: Self) {
        subtract(other, .all)
        subtractKnown(other)
    }

    /// Takes some parts away.
    mutating func subtract(_ other: Self, _ part: ColumnSelection.OutcomePart) {
        switch part {
        case .none: break
        case .counts: counts.subtract(other.counts)
        case .all:
            counts.subtract(other.counts)
            pairs.subtract(other.pairs)
            probabilities.subtract(other.probabilities)
            calibration.subtract(other.calibration)
            ranks.subtract(other.ranks)
            classScores.subtract(other.classScores)
            predictedScores.subtract(other.predictedScores)
            spread.subtract(other.spread)
            lags.subtract(other.lags)
        case .everything:
            subtract(other, .all)
            subtractKnown(other)
        case .known: subtractKnown(other)
        }
    }

    /// Takes away what was known when.
    mutating func subtractKnown(_ other: Self) {
        for (boundary, part) in other.known { change(boundary) { $0.subtract(part) } }
    }

    private mutating func change(_ boundary: Time, _ body: (inout OutcomeCounts) -> Void) {
        guard let index = known.index(forKey: boundary) else {
            var part = OutcomeCounts()
            body(&part)
            if !part.isEmpty { known[boundary] = part }
            return
        }
        body(&known.values[index])
        if known.values[index].isEmpty { known.remove(at: index) }
    }
}

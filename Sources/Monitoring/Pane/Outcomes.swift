package import Statistics

/// The outcome half of a pane: predictions against their labels, however late these come.
///
/// Final counts hold every label; beside them stands when each was known, so that a window can also be answered as it was at
/// its end.
package struct Outcomes: MergeableSummary {
    /// All labels, of each id the one that counts.
    package internal(set) var counts = OutcomeCounts()

    /// Scores with their classes, of a binary model.
    package internal(set) var pairs = ScorePairs()

    /// Log loss and Brier score, of a binary model.
    package internal(set) var probabilities = ProbabilitySums()

    /// What became known up to a pane boundary and after the one before; what sums up to nothing does not exist.
    ///
    /// No boundary lies before the end of the pane, because no window that holds the pane ends earlier.
    package internal(set) var known: [Time: OutcomeCounts] = [:]

    /// Nothing counted yet.
    package init() {}

    /// Whether nothing has been counted.
    package var isEmpty: Bool { counts.isEmpty && pairs.isEmpty && probabilities.isEmpty && known.isEmpty }

    /// What was known at a pane boundary.
    ///
    /// - Complexity: O(boundaries at which something became known).
    package func counts(knownAt end: Time) -> OutcomeCounts {
        var sum = OutcomeCounts()
        for (boundary, part) in known where boundary <= end { sum.merge(part) }
        return sum
    }

    /// Adds deltas of predictions that lie in the pane that ends at `paneEnd`.
    mutating func fold(_ deltas: [OutcomeDelta], paneEnd: Time, grid: PaneGrid, rules: OutcomeRules) {
        var part = OutcomeCounts()
        var partBoundary = paneEnd
        var scored: [ScoredLabel] = []
        for delta in deltas {
            let boundary = max(grid.boundary(notBefore: delta.knownAt), paneEnd)
            if boundary != partBoundary {
                add(part, knownAt: partBoundary)
                (part, partBoundary) = (OutcomeCounts(), boundary)
            }
            part.fold(delta, rules: rules)
            guard rules.task == .binary, let actual = delta.actual.category else { continue }
            let isPositive = actual == rules.positiveClass
            let sign = delta.sign < 0 ? -1 : 1
            probabilities.fold(score: delta.score, isPositive: isPositive, times: sign)
            scored.append(ScoredLabel(score: delta.score, isPositive: isPositive, times: sign))
        }
        add(part, knownAt: partBoundary)
        if !scored.isEmpty { pairs.fold(scored) }
    }

    /// Adds what became known at one boundary.
    private mutating func add(_ part: OutcomeCounts, knownAt boundary: Time) {
        counts.merge(part)
        change(boundary) { $0.merge(part) }
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
        case .known: subtractKnown(other)
        }
    }

    /// Takes away what was known when.
    mutating func subtractKnown(_ other: Self) {
        for (boundary, part) in other.known { change(boundary) { $0.subtract(part) } }
    }

    private mutating func change(_ boundary: Time, _ body: (inout OutcomeCounts) -> Void) {
        var part = known[boundary] ?? OutcomeCounts()
        body(&part)
        known[boundary] = part.isEmpty ? nil : part
    }
}

/// Which parts of panes a reader needs, so that a series of one feature does not add up all others.
package struct ColumnSelection: Hashable, Sendable {
    /// Which parts of the outcomes are needed.
    package enum OutcomePart: Hashable, Sendable {
        /// None of them.
        case none
        /// The counts of all labels.
        case counts
        /// The counts of all labels, the scores and the probabilities.
        case all
        /// What was known when.
        case known
        /// All of them, and what was known when.
        case everything
    }

    /// The columns; nil for all of them.
    package let columns: Set<ColumnName>?

    /// The outcomes.
    package let outcomes: OutcomePart

    /// Whether distinct values are needed.
    package let distinct: Bool

    /// Whether the weeks before the window are needed.
    package let earlierWeeks: Bool

    /// Some columns and some outcomes.
    package init(
        columns: Set<ColumnName>?, outcomes: OutcomePart, distinct: Bool = false, earlierWeeks: Bool = false
    ) {
        self.columns = columns
        self.outcomes = outcomes
        self.distinct = distinct
        self.earlierWeeks = earlierWeeks
    }

    /// Everything but what was known when.
    package static let all = Self(columns: nil, outcomes: .all, distinct: true, earlierWeeks: true)

    /// What one measure needs.
    package init(measure: Measure, column: ColumnName? = nil, knownAtEnd: Bool = false) {
        columns =
            measure.scope.isPerFeature
            ? Set(column.map { [$0] } ?? []) : measure.readsScores || measure.scope == .fairness ? Self.outputs : []
        earlierWeeks = measure.needsEarlierWeeks
        distinct = measure == .distinct || measure == .duplicateRatio || measure == .duplicateRatioPValue
        if measure.scope.isPerFeature || measure.needsNoLabels {
            outcomes = .none
        } else if knownAtEnd {
            outcomes = .known
        } else {
            outcomes = measure.needsAllLabels || measure.scope == .estimate ? .all : .counts
        }
    }

    private static let outputs: Set<ColumnName> = [.score, .prediction]

    /// What the interval of a measure needs, beside what its value does.
    package var withIntervals: Self {
        guard outcomes == .counts else { return self }
        return Self(columns: columns, outcomes: .all, distinct: distinct, earlierWeeks: earlierWeeks)
    }

    /// The same with what of the labels was known when, where labels are needed at all.
    package var withHistory: Self {
        guard outcomes != .none else { return self }
        return Self(columns: columns, outcomes: .everything, distinct: distinct, earlierWeeks: earlierWeeks)
    }

    /// The same parts of a reference, which is compared with as it is, never as it was.
    package var ofReference: Self {
        Self(
            columns: columns, outcomes: outcomes == .known || outcomes == .everything ? .all : outcomes,
            distinct: distinct)
    }

    /// Whether a column is needed.
    package func contains(_ column: ColumnName) -> Bool {
        columns?.contains(column) ?? true
    }
}

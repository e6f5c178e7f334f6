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
        columns = measure.scope.isPerFeature ? Set(column.map { [$0] } ?? []) : []
        earlierWeeks = measure.needsEarlierWeeks
        distinct = measure == .distinct || measure == .duplicateRatio
        if measure.scope.isPerFeature || measure.needsNoLabels {
            outcomes = .none
        } else if knownAtEnd {
            outcomes = .known
        } else {
            outcomes = measure.needsAllLabels ? .all : .counts
        }
    }

    /// The same parts of a reference, which is compared with as it is, never as it was.
    package var ofReference: Self {
        Self(columns: columns, outcomes: outcomes == .known ? .all : outcomes, distinct: distinct)
    }

    /// Whether a column is needed.
    package func contains(_ column: ColumnName) -> Bool {
        columns?.contains(column) ?? true
    }
}

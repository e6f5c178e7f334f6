package import Statistics

/// The weighted view of a pane: what its rows count by their weights.
///
/// Everything here is in units of 1/1024 row, `RowWeight.unit` of them for a row of weight 1, whether or not the pane has
/// weighted rows.
extension Pane {
    /// Whether any row counts more or less than once.
    package var isWeighted: Bool { !weights.isEmpty }

    /// The sum of the weights of all rows.
    package var weightedPredictions: Int {
        RowWeight.unit &* predictions &+ weights.surplus.reduce(0) { $0 &+ $1.predictions }
            &- weights.deficit.reduce(0) { $0 &+ $1.predictions }
    }

    /// A numeric column by weight, with the extremes of its rows; nil where it was not counted.
    package func weighted(numeric column: ColumnName) -> NumericSummary? {
        guard let rows = numeric[column] else { return nil }
        var sum = rows.repeated(RowWeight.unit)
        for part in weights.surplus { if let more = part.numeric[column] { sum.merge(more) } }
        for part in weights.deficit { if let less = part.numeric[column] { sum.subtract(less) } }
        sum.extremes = rows.extremes
        sum.distinct = rows.distinct
        return sum
    }

    /// A categorical column by weight; nil where it was not counted.
    package func weighted(categorical column: ColumnName) -> CategoricalSummary? {
        guard let rows = categorical[column] else { return nil }
        var sum = rows.repeated(RowWeight.unit)
        for part in weights.surplus { if let more = part.categorical[column] { sum.merge(more) } }
        for part in weights.deficit { if let less = part.categorical[column] { sum.subtract(less) } }
        return sum
    }

    /// The outcomes by weight.
    package var weightedOutcomes: Outcomes {
        var sum = outcomes.repeated(RowWeight.unit)
        for part in weights.surplus { sum.merge(part.outcomes) }
        for part in weights.deficit { sum.subtract(part.outcomes) }
        return sum
    }

    /// The scores of every class by weight, by the predicted class.
    var weightedClassScores: ClassScores {
        var sum = classScores.repeated(RowWeight.unit)
        for part in weights.surplus { sum.merge(part.classScores) }
        for part in weights.deficit { sum.subtract(part.classScores) }
        return sum
    }

    /// The counts of labels by weight, of all or of those known at a pane boundary.
    func weightedCounts(knownAt end: Time?) -> OutcomeCounts {
        let counts = { (pane: Pane) in end.map { pane.outcomes.counts(knownAt: $0) } ?? pane.outcomes.counts }
        var sum = counts(self).repeated(RowWeight.unit)
        for part in weights.surplus { sum.merge(counts(part)) }
        for part in weights.deficit { sum.subtract(counts(part)) }
        return sum
    }

    /// The sum of w^2 - 1024^2 over labelled rows, of all or of those whose label was known at a pane boundary.
    func labelSquares(knownAt end: Time?) -> Int128 {
        guard let end else { return weights.labelSquares }
        return weights.knownSquares.reduce(Int128(0)) { $1.key <= end ? $0 &+ $1.value : $0 }
    }

    /// The effective number of rows, `(sum w)^2 / sum w^2` (Kish, Survey Sampling, 1965, 11.7): as many unweighted rows tell
    /// as much. 0 without rows; the number of rows where all weights are equal.
    package var effectiveCount: Double {
        Self.effective(weightedPredictions, squares: squaredWeights())
    }

    /// The effective number of values of a column that are not null.
    package func effectiveCount(of column: ColumnName) -> Double {
        guard isWeighted else { return Double(values(of: column)) }
        let weight = weighted(numeric: column)?.count ?? weighted(categorical: column)?.count ?? 0
        return Self.effective(weight, squares: squaredWeights(of: column))
    }

    /// How many values of a column are not null, each counted once.
    func values(of column: ColumnName) -> Int { numeric[column]?.count ?? categorical[column]?.count ?? 0 }

    /// The sum of the squared weights of all rows, or of those in which a column is not null, in squared units.
    package func squaredWeights(of column: ColumnName? = nil) -> Int128 {
        let rows = column.map(values) ?? predictions
        let squares = weights.squares &- (column.flatMap { weights.missingSquares[$0] } ?? 0)
        return Int128(RowWeight.unit * RowWeight.unit) &* Int128(rows) &+ squares
    }

    /// The effective number of labelled rows, of all labels or of those known at a pane boundary.
    package func effectiveLabels(knownAt end: Time? = nil) -> Double {
        guard isWeighted else {
            return Double(end.map { outcomes.counts(knownAt: $0).labels } ?? outcomes.counts.labels)
        }
        let rows = end.map { outcomes.counts(knownAt: $0).labels } ?? outcomes.counts.labels
        let square = Int128(RowWeight.unit * RowWeight.unit) &* Int128(rows) &+ labelSquares(knownAt: end)
        return Self.effective(weightedCounts(knownAt: end).labels, squares: square)
    }

    private static func effective(_ weight: Int, squares: Int128) -> Double {
        guard weight > 0, squares > 0 else { return 0 }
        return Double(weight) * Double(weight) / Double(squares)
    }
}

/// The sum of the weights as rows: 2.5 for a row of weight 2 and one of weight 0.5.
extension Pane {
    /// The sum of all weights.
    package var weight: Double { Double(weightedPredictions) / Double(RowWeight.unit) }
}

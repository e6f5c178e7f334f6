package import Statistics

/// The smallest stretch of event time that is summarised, of one slice of a model.
///
/// Two halves: what went in and came out of the model, and how its predictions turned out. Everything adds up, so panes of
/// several writers and of a window are merged by addition.
package struct Pane: MergeableSummary {
    /// How many predictions there are.
    package internal(set) var predictions = 0

    /// How many of them came with undeclared features.
    package internal(set) var undeclared = 0

    /// The numeric columns.
    package internal(set) var numeric = ColumnTable<NumericSummary>()

    /// The categorical columns.
    package internal(set) var categorical: [ColumnName: CategoricalSummary] = [:]

    /// Which distinct contents the rows' features have.
    package internal(set) var contents = DistinctSketch(.rows)

    /// The newest event time; nil without rows.
    package internal(set) var newestEvent: Time?

    /// The scores of every class of a model with many, by the predicted class; of rows that have both.
    package internal(set) var classScores = ClassScores()

    /// Predictions against labels.
    package internal(set) var outcomes = Outcomes()

    /// What weights other than 1 change in all of these.
    package internal(set) var weights = RowWeights()

    /// How often the pane changed after the watermark had passed its end.
    package internal(set) var revision = 0

    /// A pane of which nothing is known.
    package init() {}

    /// Whether nothing has been counted; the revision does not matter.
    package var isEmpty: Bool {
        predictions == 0 && undeclared == 0 && outcomes.isEmpty && numeric.values.allSatisfy(\.isEmpty)
            && categorical.values.allSatisfy(\.isEmpty) && weights.isEmpty && classScores.isEmpty
    }

    /// Adds the pane of another writer, or a neighbour; both must be counted on the same grids.
    package mutating func merge(_ other: Self) {
        merge(other, columns: .all)
        outcomes.mergeKnown(other.outcomes)
        weights.mergeKnown(other.weights)
    }

    /// Adds what another pane has of some columns.
    mutating func merge(_ other: Self, columns: ColumnSelection) {
        mergeRows(other, columns: columns)
        var next = 0
        for index in other.numeric.indices where columns.contains(other.numeric.keys[index]) {
            let name = other.numeric.keys[index]
            if let place = numeric.place(of: name, near: next) {
                if columns.distinct {
                    numeric.values[place].merge(other.numeric.values[index])
                } else {
                    numeric.values[place].mergeAdditive(other.numeric.values[index])
                }
                next = place + 1
            } else {
                var summary = other.numeric.values[index]
                if !columns.distinct { summary.forgetDistinct() }
                next = numeric.place(of: name, adding: summary) + 1
            }
        }
    }

    /// Adds what another pane has beside its numeric columns.
    mutating func mergeRows(_ other: Self, columns: ColumnSelection) {
        predictions &+= other.predictions
        if columns.distinct { contents.merge(other.contents) }
        if let other = other.newestEvent { newestEvent = max(newestEvent ?? other, other) }
        undeclared &+= other.undeclared
        revision &+= other.revision
        for (name, summary) in other.categorical where columns.contains(name) {
            categorical[name, default: CategoricalSummary()].merge(summary)
        }
        if columns.contains(.score) { classScores.merge(other.classScores) }
        outcomes.merge(other.outcomes, columns.outcomes)
        weights.merge(other.weights, columns: columns)
    }

    /// Takes away a pane that was merged before; extremes, distinct values and the newest event stay as outer bounds.
    package mutating func subtract(_ other: Self) {
        subtract(other, columns: .all)
        outcomes.subtractKnown(other.outcomes)
        weights.subtractKnown(other.weights)
    }

    /// Takes away what another pane has of some columns, which must have been merged before.
    mutating func subtract(_ other: Self, columns: ColumnSelection) {
        predictions &-= other.predictions
        if predictions == 0 {
            contents = DistinctSketch(.rows)
            newestEvent = nil
        }
        undeclared &-= other.undeclared
        revision &-= other.revision
        var next = 0
        var isAnyEmpty = false
        for index in other.numeric.indices where columns.contains(other.numeric.keys[index]) {
            guard let place = numeric.place(of: other.numeric.keys[index], near: next) else { continue }
            numeric.values[place].subtract(other.numeric.values[index])
            isAnyEmpty = isAnyEmpty || numeric.values[place].isEmpty
            next = place + 1
        }
        if isAnyEmpty { numeric.removeAll { $0.isEmpty } }
        for (name, summary) in other.categorical where columns.contains(name) {
            categorical[name]?.subtract(summary)
            if categorical[name]?.isEmpty == true { categorical[name] = nil }
        }
        if columns.contains(.score) { classScores.subtract(other.classScores) }
        outcomes.subtract(other.outcomes, columns.outcomes)
        weights.subtract(other.weights, columns: columns)
    }

    /// Adds rows of a batch, and what their weights change.
    ///
    /// - Complexity: O(rows x columns).
    mutating func fold(
        _ batch: PredictionBatch, rows: [Int32], layout: ColumnLayout, grids: ColumnGrids, scratch: inout FoldScratch
    ) {
        foldRows(batch, rows: rows, layout: layout, grids: grids, scratch: &scratch)
        guard !batch.weights.isEmpty else { return }
        weights.fold(batch, rows: rows, layout: layout) { rows, pane in
            pane.foldRows(batch, rows: rows, layout: layout, grids: grids, scratch: &scratch)
        }
    }

    /// Adds outcomes whose predictions all lie in the pane.
    mutating func fold(_ deltas: [OutcomeDelta], paneEnd: Time, grid: PaneGrid, rules: OutcomeRules) {
        fold(deltas, rows: Array(0..<Int32(clamping: deltas.count)), paneEnd: paneEnd, grid: grid, rules: rules)
    }

    /// Adds those outcomes whose predictions lie in the pane, which ends at `paneEnd`, and what their weights change.
    mutating func fold(
        _ deltas: [OutcomeDelta], rows: [Int32], paneEnd: Time, grid: PaneGrid, rules: OutcomeRules
    ) {
        outcomes.fold(deltas, rows: rows, paneEnd: paneEnd, grid: grid, rules: rules)
        weights.fold(deltas, rows: rows, paneEnd: paneEnd, grid: grid, rules: rules)
    }

    /// Adds rows of a batch, each once, a column at a time.
    private mutating func foldRows(
        _ batch: PredictionBatch, rows: [Int32], layout: ColumnLayout, grids: ColumnGrids, scratch: inout FoldScratch
    ) {
        predictions &+= rows.count
        for row in rows { newestEvent = max(newestEvent ?? .earliest, batch.times[Int(row)]) }
        if !batch.extras.isEmpty { for row in rows where batch.hasExtras(row: Int(row)) { undeclared &+= 1 } }
        scratch.beginRows(layout.hasFeatures ? rows.count : 0)
        var next = 0
        if numeric.isEmpty { numeric.reserveCapacity(layout.numeric.count) }
        for column in layout.numericByName where batch.defines(column.source) {
            scratch.beginColumn(multiplier: column.multiplier)
            let grid = grids.grid(of: column.name)
            let values = batch.values(of: column.source)
            let errors = rows.countInBoth(batch.typeErrorRows(of: column.source))
            let place = numeric.place(of: column.name, near: next, adding: NumericSummary(grid: grid))
            next = place + 1
            if values.isEmpty {
                let nulls = [Double](repeating: .nan, count: rows.count)
                numeric.values[place].fold(
                    nulls.span, typeErrors: errors, on: grid, scratch: &scratch)
            } else {
                numeric.values[place].fold(
                    values.span, rows: rows.span, typeErrors: errors, range: column.range, on: grid, scratch: &scratch)
                scratch.addRows(values.span, rows: rows.span)
            }
        }
        for column in layout.categorical {
            scratch.beginColumn(multiplier: column.multiplier)
            fold(batch, rows, column, grids, &scratch)
        }
        foldClassScores(batch, rows)
        foldContents(batch, rows, layout, &scratch)
        scratch.endRows(into: &contents)
    }

    private mutating func foldClassScores(_ batch: PredictionBatch, _ rows: [Int32]) {
        guard !batch.rankings.isEmpty else { return }
        let scores = rows.compactMap { row in
            batch.ranking(row: Int(row)).flatMap { ranking in
                batch.predictedClass(row: Int(row)).map { ranking.rowScores(own: $0) }
            }
        }
        if !scores.isEmpty { classScores.fold(scores) }
    }

    /// Adds those inputs to the content of the rows that are no columns themselves.
    private func foldContents(
        _ batch: PredictionBatch, _ rows: [Int32], _ layout: ColumnLayout, _ scratch: inout FoldScratch
    ) {
        for text in layout.texts where batch.categorical.indices.contains(text.position) {
            let column = batch.categorical[text.position]
            guard !column.codes.isEmpty else { continue }
            scratch.beginColumn(multiplier: text.multiplier)
            scratch.addRows(codes: column.codes.span, values: column.values, rows: rows.span)
        }
        for vector in layout.embeddings where batch.embeddings.indices.contains(vector.position) {
            let column = batch.embeddings[vector.position]
            scratch.beginColumn(multiplier: vector.multiplier)
            for (position, row) in rows.enumerated() {
                if let hash = column.contentHash(row: Int(row)) { scratch.addRow(at: position, hash: hash) }
            }
        }
    }

    private mutating func fold(
        _ batch: PredictionBatch, _ rows: [Int32], _ column: ColumnLayout.Categorical, _ grids: ColumnGrids,
        _ scratch: inout FoldScratch
    ) {
        let errors = rows.countInBoth(batch.typeErrorRows(of: column.source))
        let isNamed = { grids.isNamed($0, in: column.name) }
        guard let values = batch.values(of: column.source) else {
            let nulls = [Int32](repeating: -1, count: rows.count)
            return categorical[column.name, default: CategoricalSummary()].fold(
                codes: nulls.span, values: [], typeErrors: errors, isNamed: isNamed)
        }
        categorical[column.name, default: CategoricalSummary()].fold(
            codes: values.codes.span, values: values.values, rows: rows.span, typeErrors: errors, isNamed: isNamed)
        scratch.addRows(codes: values.codes.span, values: values.values, rows: rows.span)
    }
}

extension [Int32] {
    /// How many of these are in another array as well; both are ascending.
    func countInBoth(_ other: [Int32]) -> Int {
        guard !other.isEmpty else { return 0 }
        return reduce(0) { $0 + (other.containsSorted($1) ? 1 : 0) }
    }
}

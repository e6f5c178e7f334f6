package import Statistics

/// What the panes of a model are counted over: a grid for every numeric column, named categories for every categorical one.
///
/// All panes of one generation use the same grids; only categories beyond the reference's may join, and which of them have a
/// name does not depend on order.
package struct ColumnGrids: Hashable, Sendable {
    /// The grids of numeric columns; a column without one is counted without a reference.
    package var numeric: [ColumnName: RankGrid] = [:]

    /// The reference's categories of categorical columns.
    package var categories: [ColumnName: Set<ByteText>] = [:]

    /// Further categories that are counted by name.
    package var names: [ColumnName: CategoryNames] = [:]

    /// How derived columns are computed, as far as the reference decides it.
    package var projections = Projections()

    /// The units in which the residuals of a regression are summed.
    package var residualScale = FixedPointScale.unscaled

    /// Grids of a model without a reference.
    package init() {}

    /// The grid of a numeric column.
    package func grid(of column: ColumnName) -> RankGrid {
        numeric[column] ?? .empty
    }

    /// Whether a category has a count of its own.
    package func isNamed(_ category: ByteText, in column: ColumnName) -> Bool {
        categories[column]?.contains(category) ?? false || names[column]?.contains(category) ?? false
    }

    /// Whether a category occurs in the reference.
    package func isKnown(_ category: ByteText, in column: ColumnName) -> Bool {
        categories[column]?.contains(category) ?? false
    }

    /// Shows the categories of a batch, and returns the names that joined, which must be stored with the panes.
    ///
    /// - Complexity: O(distinct values of the batch) lookups.
    package mutating func admitNames(
        of batch: PredictionBatch, layout: ColumnLayout
    ) -> [ColumnName: [ByteText]] {
        var joined: [ColumnName: [ByteText]] = [:]
        for column in layout.categorical {
            guard let values = batch.values(of: column.source)?.values else { continue }
            for value in values where admit(value, in: column.name) { joined[column.name, default: []].append(value) }
        }
        return joined
    }

    /// Shows the categories of a reference's rows, and returns the names that joined.
    package mutating func admitNames(of rows: ReferenceRows, schema: ModelSchema) -> [ColumnName: [ByteText]] {
        admitNames(of: rows.batch(schema: schema), layout: ColumnLayout(schema))
    }

    /// Whether counts over these grids and over others can be compared; which categories have a name does not matter.
    package func hasSameCells(as other: Self) -> Bool {
        numeric == other.numeric && residualScale == other.residualScale && projections == other.projections
    }

    /// Shows the categories of a batch, and returns the columns whose names changed, in order.
    package mutating func admitCategories(of batch: PredictionBatch, layout: ColumnLayout) -> [ColumnName] {
        admitNames(of: batch, layout: layout).keys.sorted()
    }

    /// Shows one category, as a batch or the store has it; returns whether it joined the named ones.
    package mutating func admit(_ category: ByteText, in column: ColumnName) -> Bool {
        !isKnown(category, in: column) && names[column, default: CategoryNames()].insert(category)
    }

    /// Takes over the names that another process stored.
    package mutating func mergeNames(_ other: CategoryNames, of column: ColumnName) {
        names[column, default: CategoryNames()].merge(other)
    }
}

extension PredictionBatch {
    /// The values of a numeric column; empty where the batch has none.
    func values(of source: ColumnLayout.NumericSource) -> [Double] {
        switch source {
        case .feature(let position): numeric.indices.contains(position) ? numeric[position] : []
        case .score: scores
        case .prediction: numberPredictions
        case .derived(let place, _): derived.indices.contains(place) ? derived[place] ?? [] : []
        }
    }

    /// Whether a column is counted at all: not one that is derived by a reference that there is not.
    func defines(_ source: ColumnLayout.NumericSource) -> Bool {
        guard case .derived(let place, _) = source else { return true }
        return derived.indices.contains(place) && derived[place] != nil
    }

    /// The values of a categorical column; nil where the batch has none.
    func values(of source: ColumnLayout.CategoricalSource) -> CategoricalColumn? {
        switch source {
        case .feature(let position):
            categorical.indices.contains(position) && !categorical[position].codes.isEmpty
                ? categorical[position] : nil
        case .prediction: classPredictions.codes.isEmpty ? nil : classPredictions
        }
    }

    /// The rows of a feature column that have a value of the wrong type, ascending.
    func typeErrorRows(of source: ColumnLayout.NumericSource) -> [Int32] {
        let place: Int? =
            switch source {
            case .feature(let position): position
            case .derived(_, .text(let position)): numeric.count + position
            case .derived(_, .embedding(let position)): numeric.count + categorical.count + position
            case .score, .prediction, .derived(_, .row): nil
            }
        return place.flatMap { typeErrors.indices.contains($0) ? typeErrors[$0] : nil } ?? []
    }

    /// The rows of a feature column that have a value of the wrong type, ascending.
    func typeErrorRows(of source: ColumnLayout.CategoricalSource) -> [Int32] {
        guard case .feature(let position) = source, typeErrors.indices.contains(numeric.count + position) else {
            return []
        }
        return typeErrors[numeric.count + position]
    }
}

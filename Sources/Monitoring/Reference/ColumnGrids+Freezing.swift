import Statistics

extension ColumnGrids {
    /// The grids that the rows of a reference decide, with at most about `gridPoints` cut points a column.
    ///
    /// A column without any value gets no grid.
    package init(freezing rows: ReferenceRows, schema: ModelSchema) {
        self.init()
        let layout = ColumnLayout(schema)
        let plain = rows.batch(schema: schema)
        projections = Projections(fitting: plain, schema: schema)
        let batch = plain.deriving(layout, by: projections)
        for column in layout.numeric {
            // Rows on either side of the threshold are told apart exactly, so that performance can be estimated.
            let cuts = schema.task == .binary && column.name == .score ? [schema.threshold] : []
            let grid = RankGrid(
                freezing: batch.values(of: column.source), limit: schema.gridPoints, including: cuts)
            if grid.count > 0 { numeric[column.name] = grid }
        }
        for column in layout.categorical {
            guard let values = batch.values(of: column.source) else { continue }
            categories[column.name] = Self.categories(of: values)
        }
        let greatest = (rows.numberPredictions + rows.actualNumbers).reduce(0) {
            max($0, $1.isFinite ? $1.magnitude : 0)
        }
        residualScale = FixedPointScale(largestMagnitude: greatest)
    }

    /// The categories that occur, at most those that `CategoryNames` would keep.
    private static func categories(of column: CategoricalColumn) -> Set<ByteText> {
        var occurs = [Bool](repeating: false, count: column.values.count)
        for code in column.codes where code >= 0 { occurs[Int(code)] = true }
        let values = zip(column.values, occurs).filter(\.1).map(\.0)
        guard values.count > Reference.mostCategories else { return Set(values) }
        var names = CategoryNames(cap: Reference.mostCategories)
        for value in values { names.insert(value) }
        return Set(names.names)
    }
}

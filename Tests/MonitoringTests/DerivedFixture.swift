import Monitoring
import Statistics
import Testing

/// Small models with embeddings, texts and linked numbers.
enum DerivedFixture {
    static func schema(
        numeric: Int = 0, dimension: Int? = nil, text: Bool = false, range: ClosedRange<Double>? = nil
    ) throws -> ModelSchema {
        var change = ModelSchemaChange()
        change.task = .unlabelled
        var features = (0..<numeric).map {
            FeatureDeclaration(
                name: ByteText("n\($0)"), kind: .numeric, min: range?.lowerBound, max: range?.upperBound)
        }
        if let dimension { features.append(FeatureDeclaration(name: "v", kind: .embedding, dimension: dimension)) }
        if text { features.append(FeatureDeclaration(name: "t", kind: .text)) }
        change.features = features
        change.windows = [WindowSpec(length: .hours(1), step: .hours(1))]
        return try ModelSchema.creating(from: change)
    }

    /// Rows of numbers, NaN for null.
    static func reference(_ rows: [[Double]], _ schema: ModelSchema) -> ReferenceRows {
        var reference = ReferenceRows()
        reference.count = rows.count
        for (place, feature) in schema.numericFeatures.enumerated() {
            reference.numeric[feature.name] = rows.map { $0[place] }
        }
        return reference
    }

    /// Rows of one vector, nil for null.
    static func vectors(_ rows: [[Double]?]) -> ReferenceRows {
        var reference = ReferenceRows()
        reference.count = rows.count
        var column = EmbeddingColumn(dimension: rows.compactMap(\.self).first?.count ?? 1)
        for row in rows { column.append(row?.map { Float($0) }) }
        reference.embeddings["v"] = column
        return reference
    }

    /// The derived value of one row of numbers.
    static func value(
        _ column: ColumnName, of row: [Double], _ schema: ModelSchema, _ reference: Reference
    ) throws -> Double {
        let pane = Reference.counting(
            self.reference([row], schema), on: reference.grids, schema: schema, name: "w"
        ).pane
        return try #require(pane.numeric[column]?.extremes.minimum)
    }

    /// A window of rows beside a reference.
    static func summary(_ rows: ReferenceRows, _ schema: ModelSchema, _ reference: Reference) -> WindowSummary {
        let pane = Reference.counting(rows, on: reference.grids, schema: schema, name: "w").pane
        return WindowSummary(
            window: Window(end: .epoch, length: .hours(1)), pane: pane, schema: schema, grids: reference.grids,
            reference: reference.side())
    }
}

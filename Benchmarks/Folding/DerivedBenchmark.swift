import Monitoring
import Statistics

/// What a row costs that has an embedding of 384 numbers, and what one costs with 20 numeric features looked at together.
///
/// Beside it the same rows with a column of precomputed numbers in place of what is derived.
struct DerivedBenchmark {
    private static let rows = 1000
    private static let dimension = 384
    private static let features = 20

    func lines() throws -> [Report] {
        var numbers = NormalNumbers()
        let vectors = try schema { change in
            change.features = [FeatureDeclaration(name: "v", kind: .embedding, dimension: Self.dimension)]
        }
        let plain = try schema { change in change.features = Self.numeric(1) }
        let together = try schema { change in change.features = Self.numeric(Self.features) }
        let frozen = Reference.freezing(Self.vectors(2000, &numbers), schema: vectors)
        let single = Reference.freezing(Self.numbers(2000, 1, &numbers), schema: plain)
        let linked = Reference.freezing(Self.numbers(2000, Self.features, &numbers), schema: together)
        let window = Self.vectors(Self.rows, &numbers)
        let narrow = Self.numbers(Self.rows, 1, &numbers)
        let wide = Self.numbers(Self.rows, Self.features, &numbers)
        var watch = Stopwatch()
        func time(_ rows: ReferenceRows, _ reference: Reference, _ schema: ModelSchema) -> Double {
            watch.median(of: 25, each: 1) {
                let pane = Reference.counting(rows, on: reference.grids, schema: schema, name: "w").pane
                return Double(pane.predictions)
            } / 1e6
        }
        let base = time(narrow, single, plain)
        return [
            Report(name: "\(Self.rows) rows with one numeric feature", value: base, unit: "ms"),
            Report(
                name: "\(Self.rows) rows with an embedding of \(Self.dimension)", value: time(window, frozen, vectors),
                unit: "ms"),
            Report(
                name: "\(Self.rows) rows with \(Self.features) numeric features, together as well",
                value: time(wide, linked, together), unit: "ms",
                beside: "\(Self.features) times one: \(Report.rounded(base * Double(Self.features))) ms"),
        ]
    }

    private func schema(_ body: (inout ModelSchemaChange) -> Void) throws -> ModelSchema {
        var change = ModelSchemaChange()
        change.task = .unlabelled
        body(&change)
        return try ModelSchema.creating(from: change)
    }

    private static func numeric(_ count: Int) -> [FeatureDeclaration] {
        (0..<count).map { FeatureDeclaration(name: ByteText("n\($0)"), kind: .numeric) }
    }

    private static func numbers(_ count: Int, _ features: Int, _ numbers: inout NormalNumbers) -> ReferenceRows {
        var rows = ReferenceRows()
        rows.count = count
        for feature in 0..<features { rows.numeric[ByteText("n\(feature)")] = numbers.column(count) }
        return rows
    }

    private static func vectors(_ count: Int, _ numbers: inout NormalNumbers) -> ReferenceRows {
        var column = EmbeddingColumn(dimension: dimension)
        for _ in 0..<count { column.append(numbers.column(dimension).map { Float($0) }) }
        var rows = ReferenceRows()
        rows.count = count
        rows.embeddings["v"] = column
        return rows
    }
}

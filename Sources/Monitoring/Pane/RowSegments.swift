package import Statistics

/// The segments that the rows of a batch belong to, before it is asked which of them have slices of their own.
package struct RowSegments: Sendable {
    /// The distinct text forms of the batch.
    package private(set) var texts: [ByteText] = []

    /// For every declared combination the place of each row's text in `texts`; -1 where a value of it is null.
    private var combinations: [[Int32]] = []

    /// Finds the segments of all rows.
    ///
    /// - Complexity: O(rows x declared combinations).
    package init(_ batch: PredictionBatch, schema: ModelSchema) {
        for names in schema.segments {
            let features = names.compactMap { schema.feature(named: $0) }
            guard features.count == names.count, features.allSatisfy({ $0.kind == .categorical }) else { continue }
            combinations.append(codes(batch, features))
        }
    }

    /// The text forms of a row's segments, at most one a declared combination.
    package func texts(row: Int) -> [ByteText] {
        combinations.compactMap { codes in codes[row] < 0 ? nil : texts[Int(codes[row])] }
    }

    /// The segments that a row is counted in, each once.
    package func segments(row: Int, names: SliceNames) -> [ByteText] {
        var segments: [ByteText] = []
        for text in texts(row: row) {
            let segment = names.segment(for: text)
            if !segments.contains(segment) { segments.append(segment) }
        }
        return segments
    }

    private mutating func codes(_ batch: PredictionBatch, _ features: [Feature]) -> [Int32] {
        var known: [[Int32]: Int32] = [:]
        var result = [Int32](repeating: -1, count: batch.count)
        let columns = features.map { feature in
            batch.categorical.indices.contains(feature.position)
                ? batch.categorical[feature.position] : CategoricalColumn()
        }
        var key = [Int32](repeating: 0, count: columns.count)
        for row in result.indices {
            var isWhole = true
            for (place, column) in columns.enumerated() {
                key[place] = row < column.codes.count ? column.codes[row] : -1
                isWhole = isWhole && key[place] >= 0
            }
            guard isWhole else { continue }
            if let code = known[key] {
                result[row] = code
            } else {
                let parts = zip(features, columns).compactMap { feature, column in
                    column[row].map { Segment.Part(feature: feature.name, value: $0) }
                }
                let code = Int32(clamping: texts.count)
                texts.append(Segment(parts: parts).text)
                known[key] = code
                result[row] = code
            }
        }
        return result
    }
}

import Statistics

extension PredictionBatch {
    /// The rows of several batches, one batch after the other; nil where these have different columns.
    ///
    /// What a request left out altogether, such as weights, is filled with what that stands for.
    /// - Complexity: O(rows x columns).
    package init?(joining batches: [PredictionBatch]) {
        guard let first = batches.first, batches.allSatisfy({ $0.hasSameColumns(as: first) }) else { return nil }
        self.init()
        ids = batches.flatMap(\.ids)
        versions = batches.flatMap(\.versions)
        times = batches.flatMap(\.times)
        timeIsArrival = Self.joined(batches, \.timeIsArrival, filling: false)
        numeric = first.numeric.indices.map { column in batches.flatMap { $0.numeric[column] } }
        categorical = first.categorical.indices.map { column in
            CategoricalColumn(joining: batches.map { $0.categorical[column] })
        }
        embeddings = first.embeddings.indices.map { column in
            EmbeddingColumn(joining: batches.map { $0.embeddings[column] })
        }
        scores = batches.flatMap(\.scores)
        classPredictions = CategoricalColumn(joining: batches.map(\.classPredictions))
        numberPredictions = batches.flatMap(\.numberPredictions)
        classScores = Self.joined(batches, \.classScores, filling: nil)
        extras = Self.joined(batches, \.extras, filling: nil)
        weights = Self.joined(batches, \.weights, filling: .one)
        rankings = Self.joined(batches, \.rankings, filling: nil)
        typeErrors = first.typeErrors.map { _ in [] }
        var start: Int32 = 0
        for batch in batches {
            for (column, rows) in batch.typeErrors.enumerated() { typeErrors[column] += rows.map { $0 + start } }
            start += Int32(clamping: batch.count)
        }
    }

    private func hasSameColumns(as other: PredictionBatch) -> Bool {
        numeric.count == other.numeric.count && categorical.count == other.categorical.count
            && embeddings.count == other.embeddings.count && typeErrors.count == other.typeErrors.count
            && numeric.indices.allSatisfy { numeric[$0].isEmpty == other.numeric[$0].isEmpty }
            && categorical.indices.allSatisfy { categorical[$0].codes.isEmpty == other.categorical[$0].codes.isEmpty }
            && embeddings.indices.allSatisfy { column in
                embeddings[column].dimension == other.embeddings[column].dimension
                    && embeddings[column].places.isEmpty == other.embeddings[column].places.isEmpty
            }
            && scores.isEmpty == other.scores.isEmpty && numberPredictions.isEmpty == other.numberPredictions.isEmpty
            && classPredictions.codes.isEmpty == other.classPredictions.codes.isEmpty
    }

    private static func joined<Value>(
        _ batches: [PredictionBatch], _ column: (PredictionBatch) -> [Value], filling: Value
    ) -> [Value] {
        guard batches.contains(where: { !column($0).isEmpty }) else { return [] }
        return batches.flatMap { batch in
            let values = column(batch)
            return values.isEmpty ? [Value](repeating: filling, count: batch.count) : values
        }
    }
}

extension CategoricalColumn {
    /// The rows of several columns, one after the other.
    init(joining columns: [CategoricalColumn]) {
        self.init()
        var places: [ByteText: Int32] = [:]
        for column in columns {
            let codes = column.values.map { value in
                let place = places[value] ?? Int32(clamping: values.count)
                if places.updateValue(place, forKey: value) == nil { values.append(value) }
                return place
            }
            self.codes += column.codes.map { $0 < 0 ? $0 : codes[Int($0)] }
        }
    }
}

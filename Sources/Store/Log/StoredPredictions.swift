package import Monitoring
package import Statistics

/// Rows of the log on their way back into columns, to be folded again.
package struct StoredPredictions: Sendable {
    /// The rows so far.
    package private(set) var batch = PredictionBatch()
    /// The segments of each row.
    package private(set) var segments: [[ByteText]] = []
    /// In which group of its writer slot each row was committed.
    package private(set) var positions: [Int64] = []
    private var places: [[ByteText: Int32]]
    private var classPlaces: [ByteText: Int32] = [:]
    private let numericPositions: Int
    private let categoricalPositions: Int

    /// An empty batch of a model.
    package init(schema: ModelSchema) {
        numericPositions = schema.numericPositions
        categoricalPositions = schema.categoricalPositions
        batch.numeric = Array(repeating: [], count: numericPositions)
        batch.categorical = Array(repeating: CategoricalColumn(), count: categoricalPositions)
        batch.embeddings = Array(repeating: EmbeddingColumn(dimension: 1), count: schema.embeddingPositions)
        for feature in schema.embeddingFeatures {
            batch.embeddings[feature.position] = EmbeddingColumn(dimension: feature.dimension ?? 1)
        }
        batch.typeErrors = Array(repeating: [], count: schema.typeErrorPlaces)
        places = Array(repeating: [:], count: categoricalPositions)
    }

    /// One row as the log holds it; positions that came later than the row are null.
    package struct Row: Sendable {
        package var id: String
        package var version: String
        package var time: Time
        package var score: Double
        package var predictedNumber: Double
        package var predictedClass: String?
        package var numbers: [Double]
        package var categories: [String?]
        package var embeddings: [[Float]?]
        package var typeErrors: [Int32]
        package var segments: [String]
        package var classScores: String?
        package var extras: String?
        package var weight: RowWeight
        package var position: Int64
    }

    /// Adds a row.
    package mutating func append(_ row: Row) {
        let place = Int32(clamping: batch.count)
        batch.weights.append(row.weight, ofRow: batch.count)
        batch.ids.append(ByteText(row.id))
        batch.versions.append(ByteText(row.version))
        batch.times.append(row.time)
        batch.scores.append(row.score)
        batch.numberPredictions.append(row.predictedNumber)
        append(classPrediction: row.predictedClass)
        for position in batch.numeric.indices {
            batch.numeric[position].append(row.numbers.indices.contains(position) ? row.numbers[position] : .nan)
        }
        for position in batch.categorical.indices {
            append(category: row.categories.indices.contains(position) ? row.categories[position] : nil, at: position)
        }
        for position in batch.embeddings.indices {
            batch.embeddings[position].append(
                row.embeddings.indices.contains(position) ? row.embeddings[position] : nil)
        }
        for column in row.typeErrors {
            let new = errorColumn(Int(column), of: row)
            if batch.typeErrors.indices.contains(new) { batch.typeErrors[new].append(place) }
        }
        batch.classScores.append(row.classScores)
        batch.extras.append(row.extras)
        positions.append(row.position)
        segments.append(row.segments.map { ByteText($0) })
    }

    /// The log counts columns as they were when the row came: numeric positions, then categorical ones, then embeddings.
    private func errorColumn(_ column: Int, of row: Row) -> Int {
        if column < row.numbers.count { return column }
        let rest = column - row.numbers.count
        if rest < row.categories.count { return numericPositions + rest }
        return numericPositions + categoricalPositions + rest - row.categories.count
    }

    private mutating func append(category text: String?, at position: Int) {
        guard let text = text.map({ ByteText($0) }) else { return batch.categorical[position].codes.append(-1) }
        if let code = places[position][text] { return batch.categorical[position].codes.append(code) }
        let code = Int32(clamping: batch.categorical[position].values.count)
        places[position][text] = code
        batch.categorical[position].values.append(text)
        batch.categorical[position].codes.append(code)
    }

    private mutating func append(classPrediction text: String?) {
        guard let text = text.map({ ByteText($0) }) else { return batch.classPredictions.codes.append(-1) }
        if let code = classPlaces[text] { return batch.classPredictions.codes.append(code) }
        let code = Int32(clamping: batch.classPredictions.values.count)
        classPlaces[text] = code
        batch.classPredictions.values.append(text)
        batch.classPredictions.codes.append(code)
    }
}

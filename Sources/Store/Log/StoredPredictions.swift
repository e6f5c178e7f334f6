package import Monitoring
package import Statistics

/// Rows of the log on their way back into columns, to be folded again.
package struct StoredPredictions: Sendable {
    /// The rows so far.
    package private(set) var batch = PredictionBatch()
    /// The segments of each row.
    package private(set) var segments: [[ByteText]] = []
    private var places: [[ByteText: Int32]]
    private var classPlaces: [ByteText: Int32] = [:]
    private let numericPositions: Int

    /// An empty batch of a model with so many positions of each kind.
    package init(numericPositions: Int, categoricalPositions: Int) {
        self.numericPositions = numericPositions
        batch.numeric = Array(repeating: [], count: numericPositions)
        batch.categorical = Array(repeating: CategoricalColumn(), count: categoricalPositions)
        batch.typeErrors = Array(repeating: [], count: numericPositions + categoricalPositions)
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
        package var typeErrors: [Int32]
        package var segments: [String]
        package var classScores: String?
        package var extras: String?
    }

    /// Adds a row.
    package mutating func append(_ row: Row) {
        let place = Int32(clamping: batch.count)
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
        // The log counts columns as they were when the row came: numeric positions, then categorical ones.
        for column in row.typeErrors {
            let old = Int(column)
            let new = old < row.numbers.count ? old : old - row.numbers.count + numericPositions
            if batch.typeErrors.indices.contains(new) { batch.typeErrors[new].append(place) }
        }
        batch.classScores.append(row.classScores)
        batch.extras.append(row.extras)
        segments.append(row.segments.map { ByteText($0) })
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

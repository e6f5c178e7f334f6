package import Statistics

/// Predictions of one request as columns, as they arrived and were accepted.
///
/// All row-wise columns have `count` entries. A column of a feature position that the schema no longer uses may be empty, as may
/// a column that its task does not have; an empty column reads as null everywhere.
package struct PredictionBatch: Sendable {
    /// Prediction ids, 1 to 256 bytes.
    package var ids: [ByteText] = []

    /// Model versions; the empty text where none was given.
    package var versions: [ByteText] = []

    /// Event times.
    package var times: [Time] = []

    /// Whether the event time is the arrival time for want of a given one; empty where every time was given.
    ///
    /// Such a time is left out of the row's content, so that sending the row again is a duplicate and not a conflict.
    package var timeIsArrival: [Bool] = []

    /// Numeric features: `[position][row]`; NaN is null.
    package var numeric: [[Double]] = []

    /// Categorical features and texts: `[position]`.
    package var categorical: [CategoricalColumn] = []

    /// Embeddings: `[position]`.
    package var embeddings: [EmbeddingColumn] = []

    /// What was derived of these rows, in the order of the derived columns of a layout; nil where it is undefined for all.
    var derived: [[Double]?] = []

    /// Scores; NaN is null.
    package var scores: [Double] = []

    /// Predicted classes, in classification.
    package var classPredictions = CategoricalColumn()

    /// Predicted numbers, in regression; NaN is null.
    package var numberPredictions: [Double] = []

    /// The `scores` object of each row as canonical JSON text.
    package var classScores: [String?] = []

    /// Rows with a value of the wrong type, ascending, per column: numeric positions, then categorical ones, then embeddings.
    package var typeErrors: [[Int32]] = []

    /// Undeclared features of each row as the text of a JSON object.
    package var extras: [String?] = []

    /// How much each row counts; empty where all count once.
    package var weights: [RowWeight] = []

    /// The ranked class scores of each row, of a multiclass model; empty where no row has any.
    package var rankings: [ClassRanking?] = []

    /// A batch without rows and columns.
    package init() {}

    /// How many rows there are.
    package var count: Int { ids.count }

    /// Whether any undeclared feature came with the row.
    package func hasExtras(row: Int) -> Bool {
        extras.indices.contains(row) && extras[row] != nil
    }

    /// The predicted class of a row, nil for null.
    package func predictedClass(row: Int) -> ByteText? {
        classPredictions[row]
    }

    /// What a row predicts: its class, its number, or nothing.
    package func predicted(row: Int) -> Outcome {
        if let text = predictedClass(row: row) { return .category(text) }
        let number = predictedNumber(row: row)
        return number.isNaN ? .none : .number(number)
    }

    /// The score of a row, NaN for null.
    package func score(row: Int) -> Double {
        scores.indices.contains(row) ? scores[row] : .nan
    }

    /// The predicted number of a row, NaN for null.
    package func predictedNumber(row: Int) -> Double {
        numberPredictions.indices.contains(row) ? numberPredictions[row] : .nan
    }

    /// How much a row counts.
    package func weight(row: Int) -> RowWeight {
        weights.indices.contains(row) ? weights[row] : .one
    }

    /// The ranked class scores of a row, nil where it has none.
    package func ranking(row: Int) -> ClassRanking? {
        rankings.indices.contains(row) ? rankings[row] : nil
    }

    /// A batch of only these rows, in this order; a row may be named at most once.
    ///
    /// - Complexity: O(rows x columns).
    package func selecting(rows: [Int]) -> Self {
        var batch = Self()
        batch.ids = ids.selecting(rows)
        batch.versions = versions.selecting(rows)
        batch.times = times.selecting(rows)
        batch.timeIsArrival = timeIsArrival.selecting(rows)
        batch.numeric = numeric.map { $0.selecting(rows) }
        batch.categorical = categorical.map { $0.selecting(rows: rows) }
        batch.embeddings = embeddings.map { $0.selecting(rows: rows) }
        batch.scores = scores.selecting(rows)
        batch.classPredictions = classPredictions.selecting(rows: rows)
        batch.numberPredictions = numberPredictions.selecting(rows)
        batch.classScores = classScores.selecting(rows)
        batch.extras = extras.selecting(rows)
        batch.weights = weights.selecting(rows)
        batch.rankings = rankings.selecting(rows)
        batch.typeErrors = Self.selecting(rows, of: typeErrors)
        return batch
    }

    private static func selecting(_ rows: [Int], of columns: [[Int32]]) -> [[Int32]] {
        guard columns.contains(where: { !$0.isEmpty }) else { return columns }
        var places: [Int32: Int32] = [:]
        for (place, row) in rows.enumerated() { places[Int32(clamping: row)] = Int32(clamping: place) }
        return columns.map { column in column.compactMap { places[$0] }.sorted() }
    }
}

extension Array {
    /// The elements at these places, or nothing where the column is empty.
    func selecting(_ rows: [Int]) -> [Element] {
        isEmpty ? [] : rows.map { self[$0] }
    }
}

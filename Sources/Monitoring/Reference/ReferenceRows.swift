package import Statistics

/// The rows of a reference as columns by name, before they are summarised.
///
/// Every column has `count` entries, or none where the reference does not have it.
package struct ReferenceRows: Sendable {
    /// How many rows there are.
    package var count = 0

    /// Numeric features; NaN is null.
    package var numeric: [ByteText: [Double]] = [:]

    /// Categorical features.
    package var categorical: [ByteText: CategoricalColumn] = [:]

    /// Texts.
    package var texts: [ByteText: CategoricalColumn] = [:]

    /// Embeddings.
    package var embeddings: [ByteText: EmbeddingColumn] = [:]

    /// The rows in which a feature has a value of the wrong type, ascending; the value itself is null.
    package var typeErrors: [ByteText: [Int32]] = [:]

    /// Scores; NaN is null.
    package var scores: [Double] = []

    /// Predicted classes as canonical text, in classification.
    package var classPredictions = CategoricalColumn()

    /// Predicted numbers, in regression; NaN is null.
    package var numberPredictions: [Double] = []

    /// True classes as canonical text, in classification.
    package var actualClasses = CategoricalColumn()

    /// True numbers, in regression; NaN is null.
    package var actualNumbers: [Double] = []

    /// How much each row counts; empty where all count once.
    package var weights: [RowWeight] = []

    /// The ranked class scores of each row, of a multiclass model; empty where no row has any.
    package var rankings: [ClassRanking?] = []

    /// No rows.
    package init() {}

    /// Logged predictions with what turned out true, row by row; `actuals` may be empty.
    package init(_ batch: PredictionBatch, actuals: [Outcome], schema: ModelSchema) {
        count = batch.count
        for feature in schema.numericFeatures { numeric[feature.name] = batch.values(of: .feature(feature.position)) }
        for feature in schema.categoricalFeatures {
            categorical[feature.name] = batch.values(of: .feature(feature.position)) ?? CategoricalColumn()
        }
        for feature in schema.textFeatures {
            texts[feature.name] = batch.values(of: .feature(feature.position)) ?? CategoricalColumn()
        }
        for feature in schema.embeddingFeatures where batch.embeddings.indices.contains(feature.position) {
            embeddings[feature.name] = batch.embeddings[feature.position]
        }
        for feature in schema.features {
            let place = schema.typeErrorPlace(of: feature)
            if batch.typeErrors.indices.contains(place) { typeErrors[feature.name] = batch.typeErrors[place] }
        }
        scores = batch.scores
        classPredictions = batch.classPredictions
        numberPredictions = batch.numberPredictions
        weights = batch.weights
        rankings = batch.rankings
        guard actuals.count == count else { return }
        if schema.task.isClassification { actualClasses = CategoricalColumn(actuals.map(\.category)) }
        if schema.task == .regression { actualNumbers = actuals.map { $0.number ?? .nan } }
    }

    /// What turned out true in a row.
    func actual(row: Int) -> Outcome {
        if let category = actualClasses[row] { return .category(category) }
        guard actualNumbers.indices.contains(row), !actualNumbers[row].isNaN else { return .none }
        return .number(actualNumbers[row])
    }

    /// The rows as a batch of the model, all at one time.
    package func batch(schema: ModelSchema) -> PredictionBatch {
        var batch = PredictionBatch()
        batch.ids = Array(repeating: "", count: count)
        batch.versions = batch.ids
        batch.times = Array(repeating: .epoch, count: count)
        batch.numeric = Array(repeating: [], count: schema.numericPositions)
        batch.categorical = Array(repeating: CategoricalColumn(), count: schema.categoricalPositions)
        for feature in schema.numericFeatures { batch.numeric[feature.position] = numeric[feature.name] ?? [] }
        for feature in schema.categoricalFeatures {
            batch.categorical[feature.position] = categorical[feature.name] ?? CategoricalColumn()
        }
        for feature in schema.textFeatures {
            batch.categorical[feature.position] = texts[feature.name] ?? CategoricalColumn()
        }
        batch.embeddings = Array(repeating: EmbeddingColumn(dimension: 1), count: schema.embeddingPositions)
        for feature in schema.embeddingFeatures {
            batch.embeddings[feature.position] =
                embeddings[feature.name] ?? EmbeddingColumn(dimension: feature.dimension ?? 1)
        }
        batch.typeErrors = Array(repeating: [], count: schema.typeErrorPlaces)
        for feature in schema.features {
            batch.typeErrors[schema.typeErrorPlace(of: feature)] = typeErrors[feature.name] ?? []
        }
        batch.scores = scores
        batch.classPredictions = classPredictions
        batch.numberPredictions = numberPredictions
        batch.weights = weights
        batch.rankings = rankings
        return batch
    }
}

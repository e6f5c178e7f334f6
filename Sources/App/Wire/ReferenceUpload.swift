package import Monitoring

/// The rows of a reference as they were sent, with what is to be told about them.
package struct ReferenceUpload: Sendable {
    /// The model's settings, with the features fixed by these rows where they were not yet.
    package let schema: ModelSchema

    /// How many rows were taken.
    package internal(set) var count = 0

    /// How many rows came.
    package internal(set) var total = 0

    /// Numeric features: `[position][row]`; NaN is null; empty for a position that the schema no longer uses.
    package internal(set) var numeric: [[Double]] = []

    /// Categorical features and texts: `[position]`.
    package internal(set) var categorical: [CategoricalColumn] = []

    /// Embeddings: `[position]`.
    package internal(set) var embeddings: [EmbeddingColumn] = []

    /// The rows with a value of the wrong type, by numeric, then categorical position, then that of embeddings.
    package internal(set) var typeErrors: [[Int32]] = []

    /// Scores; NaN is null.
    package internal(set) var scores: [Double] = []

    /// Predicted classes as canonical text, in classification.
    package internal(set) var classPredictions = CategoricalColumn()

    /// Predicted numbers elsewhere; NaN is null.
    package internal(set) var numberPredictions: [Double] = []

    /// True classes as canonical text, in classification.
    package internal(set) var classActuals = CategoricalColumn()

    /// True numbers, in regression; NaN is null.
    package internal(set) var numberActuals: [Double] = []

    /// How much each row counts; empty where all count once.
    package internal(set) var weights: [RowWeight] = []

    /// The ranked class scores of each row, of a multiclass model; empty where no row has any.
    package internal(set) var rankings: [ClassRanking?] = []

    /// The first hundred rows that were not taken.
    package internal(set) var rejections: [RowRejection] = []

    /// How many rows were not taken.
    package internal(set) var rejectionCount = 0

    /// The first hundred things that were noticed about rows that were taken.
    package internal(set) var warnings: [RowWarning] = []

    /// How many things were noticed.
    package internal(set) var warningCount = 0

    init(schema: ModelSchema) {
        self.schema = schema
    }
}

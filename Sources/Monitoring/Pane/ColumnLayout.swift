import Statistics

/// Where a model's columns come from in a batch, worked out once from its schema.
///
/// Numeric columns are the numeric features by position, then the score, then the prediction of a regression, then what is
/// derived of embeddings, of texts and of all numeric features; categorical ones the categorical features by position, then the
/// prediction of a classification.
package struct ColumnLayout: Hashable, Sendable {
    /// Where the values of a numeric column lie in a batch.
    enum NumericSource: Hashable, Sendable {
        case feature(Int)
        case score
        case prediction
        /// A derived column, by its place among these, and what it is derived of.
        case derived(Int, Origin)
    }

    /// What a column is derived of.
    enum Origin: Hashable, Sendable {
        case embedding(Int)
        case text(Int)
        case row
    }

    /// Where the values of a categorical column lie in a batch.
    enum CategoricalSource: Hashable, Sendable {
        case feature(Int)
        case prediction
    }

    /// A numeric column.
    struct Numeric: Hashable, Sendable {
        let name: ColumnName
        let source: NumericSource
        let range: ClosedRange<Double>?
        /// What its values count with in the content of a row; 0 for an output.
        var multiplier: UInt64 = 0
    }

    /// A categorical column.
    struct Categorical: Hashable, Sendable {
        let name: ColumnName
        let source: CategoricalSource
        /// What its values count with in the content of a row; 0 for an output.
        var multiplier: UInt64 = 0
    }

    /// An input of which only what is derived is a column: what its values count with in the content of a row.
    struct ContentSource: Hashable, Sendable {
        let position: Int
        let multiplier: UInt64

        init(_ feature: Feature) {
            position = feature.position
            multiplier = ValueHash.multiplier(of: feature.name)
        }
    }

    /// The numeric columns in order.
    let numeric: [Numeric]

    /// The numeric columns in the order of their names, as tables have them.
    let numericByName: [Numeric]

    /// The categorical columns in order.
    let categorical: [Categorical]

    /// The derived columns in order.
    let derivations: [DerivedColumn]

    /// The inputs that are texts.
    let texts: [ContentSource]

    /// The inputs that are vectors.
    let embeddings: [ContentSource]

    /// Whether rows have inputs, and so a content.
    let hasFeatures: Bool

    private let kinds: [ColumnName: FeatureKind]

    /// The columns of a model.
    package init(_ schema: ModelSchema) {
        var numeric = schema.numericFeatures.map {
            Numeric(
                name: .feature($0.name), source: .feature($0.position), range: $0.range,
                multiplier: ValueHash.multiplier(of: $0.name))
        }
        var categorical = schema.categoricalFeatures.map {
            Categorical(
                name: .feature($0.name), source: .feature($0.position), multiplier: ValueHash.multiplier(of: $0.name))
        }
        texts = schema.textFeatures.map(ContentSource.init)
        embeddings = schema.embeddingFeatures.map(ContentSource.init)
        hasFeatures = !schema.features.isEmpty
        numeric.append(Numeric(name: .score, source: .score, range: nil))
        if schema.task == .regression {
            numeric.append(Numeric(name: .prediction, source: .prediction, range: nil))
        }
        if schema.task.isClassification {
            categorical.append(Categorical(name: .prediction, source: .prediction))
        }
        derivations = DerivedColumn.columns(of: schema)
        numeric += derivations.enumerated().map { place, column in
            Numeric(name: column.name, source: .derived(place, column.origin), range: nil)
        }
        self.numeric = numeric
        numericByName = numeric.sorted { $0.name < $1.name }
        self.categorical = categorical
        var kinds: [ColumnName: FeatureKind] = [:]
        for column in numeric { kinds[column.name] = .numeric }
        for column in categorical { kinds[column.name] = .categorical }
        self.kinds = kinds
    }

    /// The names of the numeric columns in order.
    package var numericNames: [ColumnName] { numeric.map(\.name) }

    /// The names of the categorical columns in order.
    package var categoricalNames: [ColumnName] { categorical.map(\.name) }

    /// Whether a column holds numbers or texts, nil where the model has no such column.
    package func kind(of column: ColumnName) -> FeatureKind? { kinds[column] }
}

extension Feature {
    /// The declared range, open ends being infinite; nil without any bound.
    var range: ClosedRange<Double>? {
        guard min != nil || max != nil else { return nil }
        let low = min ?? -.infinity
        let high = max ?? .infinity
        return low <= high ? low...high : nil
    }
}

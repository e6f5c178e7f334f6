import Statistics

/// One derived column of a model.
struct DerivedColumn: Hashable, Sendable {
    let name: ColumnName
    let origin: ColumnLayout.Origin
    let derivation: Derivation

    /// The derived columns that a model can have, those of one origin side by side.
    ///
    /// Numeric features are looked at together where there are two or more.
    static func columns(of schema: ModelSchema) -> [Self] {
        var columns: [Self] = []
        for feature in schema.embeddingFeatures {
            columns += Derivation.ofEmbedding.map {
                Self(name: .derived(feature.name, $0), origin: .embedding(feature.position), derivation: $0)
            }
        }
        for feature in schema.textFeatures {
            columns += Derivation.ofText.map {
                Self(name: .derived(feature.name, $0), origin: .text(feature.position), derivation: $0)
            }
        }
        if schema.numericFeatures.count >= 2 {
            columns += Derivation.ofRow.map { Self(name: .multivariate($0), origin: .row, derivation: $0) }
        }
        return columns
    }
}

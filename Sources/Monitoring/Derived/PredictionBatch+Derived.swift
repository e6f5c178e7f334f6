import Statistics

extension PredictionBatch {
    /// The batch with the derived columns of a layout computed, for folding.
    ///
    /// A column that needs a reference's projection is nil where there is none.
    func deriving(_ layout: ColumnLayout, by projections: Projections) -> Self {
        guard !layout.derivations.isEmpty else { return self }
        var batch = self
        batch.derived = []
        var place = 0
        while place < layout.derivations.count {
            let column = layout.derivations[place]
            switch (column.origin, column.name) {
            case (.embedding(let position), .derived(let name, _)):
                batch.derived += embedding(position, projections.embeddings[name])
                place += Derivation.ofEmbedding.count
            case (.text(let position), _):
                batch.derived += text(position).map(Optional.some)
                place += Derivation.ofText.count
            default:
                batch.derived += projections.multivariate?.columns(of: self, layout) ?? [nil, nil]
                place += Derivation.ofRow.count
            }
        }
        return batch
    }

    private func embedding(_ position: Int, _ projection: EmbeddingProjection?) -> [[Double]?] {
        let known = embeddings.indices.contains(position) ? embeddings[position] : nil
        guard let column = known, column.places.count == count else {
            // No vector came at all: every value is null.
            let nulls = [Double](repeating: .nan, count: count)
            return Derivation.ofEmbedding.map { $0 == .norm || projection != nil ? nulls : nil }
        }
        if let projection, projection.centroid.count == column.dimension {
            return projection.columns(of: column).map(Optional.some)
        }
        return Derivation.ofEmbedding.map { $0 == .norm ? EmbeddingProjection.norms(of: column) : nil }
    }

    private func text(_ position: Int) -> [[Double]] {
        guard categorical.indices.contains(position), categorical[position].codes.count == count else {
            return Derivation.ofText.map { _ in [Double](repeating: .nan, count: count) }
        }
        return TextTraits.columns(of: categorical[position])
    }
}

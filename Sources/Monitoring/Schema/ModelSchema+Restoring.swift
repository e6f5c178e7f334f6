/// A schema as it was stored.
extension ModelSchema {
    /// The schema with the positions that its features were given when they were first declared.
    ///
    /// A schema made anew from the same declarations would number them from 0 and would forget positions of removed features.
    /// `positions` has one for each feature, in the order of `features`; the counts are those ever given out.
    package func restoring(
        positions: [Int], numericPositions: Int, categoricalPositions: Int, embeddingPositions: Int = 0
    ) -> Self {
        guard positions.count == features.count else { return self }
        var schema = self
        schema.features = zip(features, positions).map { feature, position in
            Feature(
                name: feature.name, kind: feature.kind, position: position, min: feature.min, max: feature.max,
                dimension: feature.dimension)
        }
        schema.numericPositions = numericPositions
        schema.categoricalPositions = categoricalPositions
        schema.embeddingPositions = embeddingPositions
        return schema
    }
}

extension ModelSchema {
    /// Whether rows that are folded already would be folded differently; a further feature changes nothing about them.
    package func foldsRowsDifferently(from other: Self) -> Bool {
        task != other.task || classes != other.classes || positiveClass != other.positiveClass
            || threshold != other.threshold || paneWidth != other.paneWidth || segments != other.segments
    }
}

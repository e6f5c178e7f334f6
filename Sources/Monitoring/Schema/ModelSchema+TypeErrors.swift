/// Where rows with a value of the wrong type are noted: numeric positions first, then categorical ones, then embeddings.
extension ModelSchema {
    /// How many places there are.
    package var typeErrorPlaces: Int { numericPositions + categoricalPositions + embeddingPositions }

    /// The place of a feature.
    package func typeErrorPlace(of feature: Feature) -> Int {
        switch feature.kind {
        case .numeric: feature.position
        case .categorical, .text: numericPositions + feature.position
        case .embedding: numericPositions + categoricalPositions + feature.position
        }
    }
}

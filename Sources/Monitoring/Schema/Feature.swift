package import Statistics

/// One input column of a model.
package struct Feature: Hashable, Sendable {
    /// The name, any UTF-8 text, compared by its bytes.
    package let name: ByteText

    /// What the values are.
    package let kind: FeatureType

    /// The place among the features that are kept in the same way, given once and never to another feature.
    ///
    /// Numeric features and embeddings count by themselves; categorical features and texts count together.
    package let position: Int

    /// The least value that is in range, of a numeric feature.
    package let min: Double?

    /// The greatest value that is in range, of a numeric feature.
    package let max: Double?

    /// How many numbers a vector has, of an embedding.
    package let dimension: Int?

    /// A feature at a position that the schema has given to it.
    package init(
        name: ByteText, kind: FeatureType, position: Int, min: Double? = nil, max: Double? = nil, dimension: Int? = nil
    ) {
        self.name = name
        self.kind = kind
        self.position = position
        self.min = min
        self.max = max
        self.dimension = dimension
    }

    /// Whether a value lies outside the declared range; never for NaN, which is null.
    package func isOutOfRange(_ value: Double) -> Bool {
        if let min, value < min { return true }
        if let max, value > max { return true }
        return false
    }
}

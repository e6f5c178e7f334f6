package import Statistics

/// A feature as a client declares it, before it has a position.
package struct FeatureDeclaration: Hashable, Sendable {
    /// The name, any UTF-8 text.
    package var name: ByteText

    /// What the values are.
    package var kind: FeatureType

    /// The least value that is in range; numeric features only.
    package var min: Double?

    /// The greatest value that is in range; numeric features only.
    package var max: Double?

    /// How many numbers a vector has; embeddings only, and needed there.
    package var dimension: Int?

    /// A declaration, without range unless one is given.
    package init(
        name: ByteText, kind: FeatureType, min: Double? = nil, max: Double? = nil, dimension: Int? = nil
    ) {
        self.name = name
        self.kind = kind
        self.min = min
        self.max = max
        self.dimension = dimension
    }
}

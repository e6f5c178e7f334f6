package import Statistics

/// A feature as a client declares it, before it has a position.
package struct FeatureDeclaration: Hashable, Sendable {
    /// The name, any UTF-8 text.
    package var name: ByteText

    /// What the values are.
    package var kind: FeatureKind

    /// The least value that is in range; numeric features only.
    package var min: Double?

    /// The greatest value that is in range; numeric features only.
    package var max: Double?

    /// A declaration, without range unless one is given.
    package init(name: ByteText, kind: FeatureKind, min: Double? = nil, max: Double? = nil) {
        self.name = name
        self.kind = kind
        self.min = min
        self.max = max
    }
}

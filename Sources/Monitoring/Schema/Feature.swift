package import Statistics

/// One input column of a model.
package struct Feature: Hashable, Sendable {
    /// The name, any UTF-8 text, compared by its bytes.
    package let name: ByteText

    /// What the values are.
    package let kind: FeatureKind

    /// The place among the features of its kind, given once and never to another feature.
    package let position: Int

    /// The least value that is in range, of a numeric feature.
    package let min: Double?

    /// The greatest value that is in range, of a numeric feature.
    package let max: Double?

    /// A feature at a position that the schema has given to it.
    package init(name: ByteText, kind: FeatureKind, position: Int, min: Double? = nil, max: Double? = nil) {
        self.name = name
        self.kind = kind
        self.position = position
        self.min = min
        self.max = max
    }

    /// Whether a value lies outside the declared range; never for NaN, which is null.
    package func isOutOfRange(_ value: Double) -> Bool {
        if let min, value < min { return true }
        if let max, value > max { return true }
        return false
    }
}

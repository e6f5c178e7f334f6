/// What the values of a feature are, the `type` of its declaration.
package enum FeatureType: String, CaseIterable, Sendable {
    /// Finite numbers.
    case numeric

    /// Texts, compared by their bytes.
    case categorical

    /// Vectors of a fixed number of finite numbers, kept as 32-bit floats; summarised by derived columns.
    case embedding

    /// Free texts; summarised by derived columns.
    case text
}

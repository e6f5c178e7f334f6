/// What the values of a feature are.
package enum FeatureKind: String, CaseIterable, Sendable {
    /// Finite numbers.
    case numeric

    /// Texts, compared by their bytes.
    case categorical
}

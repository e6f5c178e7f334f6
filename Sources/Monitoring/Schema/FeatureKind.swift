/// How the values of one column are summarised.
package enum FeatureKind: String, CaseIterable, Sendable {
    /// As finite numbers, over a grid.
    case numeric

    /// As texts, compared by their bytes.
    case categorical
}

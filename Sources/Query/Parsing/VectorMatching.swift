/// Which elements of two vectors belong together.
package struct VectorMatching: Hashable, Sendable {
    /// The labels of `on` or `ignoring`.
    package var labels: [String]
    /// Whether exactly these labels must be equal, or all others.
    package var isOn: Bool
    /// How many may meet.
    package var cardinality: MatchCardinality
    /// The labels that `group_left` or `group_right` takes over from the side with one element.
    package var included: [String]

    /// All labels must be equal, one to one; for sets, freely.
    static func whole(for operation: BinaryOperator) -> Self {
        Self(labels: [], isOn: false, cardinality: operation.isSet ? .manyToMany : .oneToOne, included: [])
    }

    /// The labels by which elements find each other.
    func key(of labels: Labels) -> Labels {
        isOn ? labels.keeping(self.labels) : labels.removing(self.labels + [Labels.metricName])
    }
}

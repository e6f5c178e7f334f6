/// An aggregation of a vector.
package struct Aggregation: Sendable {
    /// The function over each group.
    package let operation: AggregationOperator
    /// The number before the vector, where the function has one.
    package let parameter: ExpressionNode?
    /// The vector.
    package let operand: ExpressionNode
    /// The labels of `by` or `without`.
    package let labels: [String]
    /// Whether the labels are those to drop instead of those to keep.
    package let isWithout: Bool

    /// The labels of the group that an element belongs to.
    func key(of labels: Labels) -> Labels {
        isWithout ? labels.removing(self.labels + [Labels.metricName]) : labels.keeping(self.labels)
    }
}

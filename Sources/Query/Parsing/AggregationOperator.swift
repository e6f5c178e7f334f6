/// A function over the elements of a group.
package enum AggregationOperator: String, Hashable, Sendable, CaseIterable {
    case sum
    case avg
    case min
    case max
    case count
    case group
    case stddev
    case stdvar
    case quantile
    case topk
    case bottomk
    case countValues = "count_values"

    /// Whether something stands before the vector: `quantile(0.9, x)`, `topk(3, x)`, `count_values("value", x)`.
    package var hasParameter: Bool { self == .quantile || self == .countValues || isSelection }

    /// The type of what stands before the vector.
    var parameterType: ValueType { self == .countValues ? .string : .scalar }

    /// Whether it picks elements instead of combining them.
    var isSelection: Bool { self == .topk || self == .bottomk }
}

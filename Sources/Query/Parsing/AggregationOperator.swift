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

    /// Whether a number stands before the vector: `quantile(0.9, x)`, `topk(3, x)`.
    package var hasParameter: Bool { self == .quantile || isSelection }

    /// Whether it picks elements instead of combining them.
    var isSelection: Bool { self == .topk || self == .bottomk }
}

/// Why LAPACK gave no result.
package enum LinearAlgebraError: Error, Hashable, Sendable {
    /// The matrix has another number of elements than its order says, or an order that LAPACK cannot count.
    case shape

    /// An element is infinite or no number.
    case notFinite

    /// The iteration did not converge.
    case notConverged
}

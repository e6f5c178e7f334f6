/// Which edge of a bin belongs to it.
package enum BinClosing: String, Hashable, CaseIterable, Sendable {
    /// Bins `[a, b)`.
    case left = "decile-left"
    /// Bins `(a, b]`.
    case right = "decile-right"
}

/// What is done about bins in which one side has nothing, where a logarithm has no value.
package enum ZeroPolicy: String, Hashable, CaseIterable, Sendable {
    /// Adds one half to every count of both sides: `(count + 0.5) / (n + 0.5 bins)`.
    case half
    /// Replaces shares of zero by 1e-4 and leaves the others as they are.
    case floor = "floor1e-4"
    /// Does nothing: there is no value if a bin is empty on one side only.
    case none
}

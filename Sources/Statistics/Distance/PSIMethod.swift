/// Which population stability index: how bins are closed, and what is done about empty ones.
///
/// Written `decile-right/half` for numeric columns and `half` for categorical ones, which have no bins to close.
package struct PSIMethod: Hashable, Sendable, CustomStringConvertible {
    /// How decile bins are closed; nil for categories.
    package let closing: BinClosing?
    package let zeroPolicy: ZeroPolicy

    package init(closing: BinClosing?, zeroPolicy: ZeroPolicy) {
        self.closing = closing
        self.zeroPolicy = zeroPolicy
    }

    /// Reads the method of a numeric column, such as `decile-left/floor1e-4`; nil if it is none.
    package init?(numeric text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, let closing = BinClosing(rawValue: String(parts[0])) else { return nil }
        guard let zeroPolicy = ZeroPolicy(rawValue: String(parts[1])) else { return nil }
        self.init(closing: closing, zeroPolicy: zeroPolicy)
    }

    /// Reads the method of a categorical column, such as `half`; nil if it is none.
    package init?(categorical text: String) {
        guard let zeroPolicy = ZeroPolicy(rawValue: text) else { return nil }
        self.init(closing: nil, zeroPolicy: zeroPolicy)
    }

    /// The same policy for categories.
    package var categorical: PSIMethod { PSIMethod(closing: nil, zeroPolicy: zeroPolicy) }

    package var description: String {
        closing.map { "\($0.rawValue)/\(zeroPolicy.rawValue)" } ?? zeroPolicy.rawValue
    }
}

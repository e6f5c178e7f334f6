/// Which addresses may be called beside public ones.
package struct OutgoingPolicy: Hashable, Sendable {
    /// Blocks of private addresses that may be called.
    package let allowedRanges: [AddressRange]
    /// Names that may be called whatever they resolve to, in lower case.
    package let allowedHosts: [String]

    /// Only public addresses.
    package static let publicOnly = Self(allowedRanges: [], allowedHosts: [])

    /// A policy of blocks and names.
    package init(allowedRanges: [AddressRange], allowedHosts: [String]) {
        self.allowedRanges = allowedRanges
        self.allowedHosts = allowedHosts
    }
}

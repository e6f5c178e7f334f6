/// Where the rows of a reference come from.
package enum ReferenceKind: String, CaseIterable, Sendable {
    /// Rows that were sent.
    case rows

    /// A logged stretch, frozen.
    case stretch

    /// A profile that was made elsewhere.
    case profile

    /// For every window a stretch before it.
    case trailing

    /// For every window the same stretch some time earlier.
    case shift

    /// For every window its own stretch, as another model version saw it.
    case version

    /// Whether all windows are compared with the same rows, so that what is derived from them may be kept.
    package var isFrozen: Bool { role == .fixed }

    /// What the reference stands for when several are read together.
    package var role: ReferenceRole {
        switch self {
        case .rows, .stretch, .profile: .fixed
        case .trailing, .shift: .recent
        case .version: .peer
        }
    }
}

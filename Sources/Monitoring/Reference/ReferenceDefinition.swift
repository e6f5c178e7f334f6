/// What a reference was put as.
package enum ReferenceDefinition: Hashable, Sendable {
    /// Rows that were sent.
    case rows

    /// Logged predictions of `[from, to)`, frozen.
    case stretch(from: Time, to: Time)

    /// A profile that was made elsewhere.
    case profile

    /// Other rows for every window.
    case rolling(RollingReference)

    /// What kind of reference it makes.
    package var kind: ReferenceKind {
        switch self {
        case .rows: .rows
        case .stretch: .stretch
        case .profile: .profile
        case .rolling(let rolling): rolling.kind
        }
    }

    /// The rolling reference, nil where the rows are frozen.
    package var rolling: RollingReference? {
        guard case .rolling(let rolling) = self else { return nil }
        return rolling
    }
}

/// What became of comparing a window with a reference.
package enum ReferenceComparison: Sendable {
    /// There is no such reference at that time.
    case none

    /// The window is compared with these rows.
    case side(ReferenceSide)

    /// The reference exists and is not compared with.
    case gap(ReferenceGap)

    /// The rows that are compared with.
    package var side: ReferenceSide? {
        guard case .side(let side) = self else { return nil }
        return side
    }

    /// Why nothing is compared with.
    package var gap: ReferenceGap? {
        guard case .gap(let gap) = self else { return nil }
        return gap
    }
}

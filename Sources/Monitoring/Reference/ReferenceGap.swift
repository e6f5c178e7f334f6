package import Statistics

/// Why a window is not compared with a reference that exists.
package struct ReferenceGap: Hashable, Sendable {
    /// The reference's name.
    package let name: ByteText

    /// Its version that would have been used.
    package let version: Int

    /// What kind of reference it is.
    package let kind: ReferenceKind

    /// How many rows of it are there nevertheless.
    package let count: Int

    /// Why they are not compared with.
    package let reason: Reason

    /// A comparison that is not made.
    package init(name: ByteText, version: Int, kind: ReferenceKind, count: Int = 0, reason: Reason) {
        self.name = name
        self.version = version
        self.kind = kind
        self.count = count
        self.reason = reason
    }

    /// The reasons, as the interface tells them.
    package enum Reason: String, CaseIterable, Sendable {
        /// The stretch begins before the first event, or before what is kept.
        case incomplete

        /// The stretch has no rows.
        case empty

        /// The reference has no rows of the segment, or segments are not counted within a version.
        case noSegment = "no_segment"

        /// The reference was counted on other cut points than the window.
        case otherGrid = "other_grid"

        /// The cut points wait for more rows.
        case noGrid = "no_grid"

        /// The reference's durations are no multiples of the pane any more.
        case otherPanes = "other_panes"

        /// What it means, for people.
        package var sentence: String {
            switch self {
            case .incomplete: "its stretch begins before the first event or before what is kept"
            case .empty: "its stretch has no rows"
            case .noSegment: "it has no rows of this segment"
            case .otherGrid: "it was counted on other cut points than this window; put it again"
            case .noGrid: "the cut points wait for more rows; put a training reference to have them at once"
            case .otherPanes: "its durations are no multiples of the pane any more; put it again"
            }
        }
    }
}

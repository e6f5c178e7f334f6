package import Statistics

/// A reference that is no fixed set of rows: another stretch of the log for every window, or another model version.
///
/// Both sides are merged panes of the same generation, so they are counted on the same grids, and moving on by a step costs
/// the panes that come and go.
package struct RollingReference: Hashable, Sendable {
    /// Where the rows lie in event time, seen from a window.
    package enum Stretch: Hashable, Sendable {
        /// The window's own stretch.
        case own

        /// So long a stretch, which ended `lag` before the window's end; without a lag where the window begins.
        case trailing(PrometheusDuration, lag: PrometheusDuration?)

        /// The window's own stretch so much earlier: the same hours of last week.
        case shifted(PrometheusDuration)
    }

    /// Where the rows lie.
    package let stretch: Stretch

    /// The model version that made the rows; nil for all versions.
    package let version: ByteText?

    /// A rolling reference; nil if it would compare every window with itself, or a length is not positive.
    package init?(_ stretch: Stretch, version: ByteText? = nil) {
        switch stretch {
        case .own: guard version != nil else { return nil }
        case .trailing(let length, let lag):
            guard length > .zero, lag.map({ $0 >= .zero }) ?? true else { return nil }
        case .shifted(let distance): guard distance > .zero else { return nil }
        }
        self.stretch = stretch
        self.version = version
    }

    /// The durations that must be multiples of the pane, by the name of their setting.
    package var durations: [(name: String, duration: PrometheusDuration)] {
        switch stretch {
        case .own: []
        case .trailing(let length, let lag): [("trailing", length)] + (lag.map { [("lag", $0)] } ?? [])
        case .shifted(let distance): [("shift", distance)]
        }
    }

    /// Whether the stretches of windows are made of whole panes of a grid, not too many of them.
    package func divides(_ grid: PaneGrid) -> Bool {
        durations.allSatisfy { $0.duration == .zero || grid.divides($0.duration) }
    }

    /// The stretch that a window is compared with.
    package func stretch(of window: Window) -> Window {
        switch stretch {
        case .own: window
        case .trailing(let length, let lag): Window(end: window.end - (lag ?? window.length), length: length)
        case .shifted(let distance): Window(end: window.end - distance, length: window.length)
        }
    }

    /// The rows that a slice is compared with: the same segment, else all rows or those of the version.
    ///
    /// Nil for a segment within a version, which is not counted.
    package func slice(for slice: Slice) -> Slice? {
        let isSegment = !slice.segment.utf8.isEmpty && slice.segment != Segment.otherVersions
        guard let version else { return isSegment ? Slice(segment: slice.segment) : .pooled }
        return isSegment ? nil : Slice(version: version)
    }

    /// How far before its end the rows of a window of a length can reach.
    package func reach(length: PrometheusDuration) -> PrometheusDuration {
        switch stretch {
        case .own: length
        case .trailing(let trailing, let lag): max(length, (lag ?? length) + trailing)
        case .shifted(let distance): length + distance
        }
    }

    /// What kind of reference it is.
    package var kind: ReferenceKind {
        switch stretch {
        case .own: .version
        case .trailing: .trailing
        case .shifted: .shift
        }
    }
}

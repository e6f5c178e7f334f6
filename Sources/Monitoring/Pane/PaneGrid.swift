/// How event time is cut into panes: multiples of the width since 1970-01-01T00:00:00Z.
///
/// Every window's ends are pane boundaries, because the width divides all steps and offsets.
package struct PaneGrid: Hashable, Sendable {
    /// How much event time a pane holds.
    package let width: PrometheusDuration

    /// A grid of a positive width.
    package init(width: PrometheusDuration) {
        precondition(width > .zero, "a pane holds some event time")
        self.width = width
    }

    /// The start of the pane that holds a time.
    package func start(of time: Time) -> Time {
        time.floor(toMultipleOf: width)
    }

    /// The end of the pane that starts then.
    package func end(ofPaneStarting start: Time) -> Time {
        start + width
    }

    /// The first boundary that is not before a time.
    package func boundary(notBefore time: Time) -> Time {
        time.ceil(toMultipleOf: width)
    }

    /// The starts of a window's panes, oldest first.
    ///
    /// The window's end must lie on the grid and its length be a multiple of the width.
    package func starts(of window: Window) -> [Time] {
        starts(from: window.start, to: window.end)
    }

    /// The starts of the panes in `[from, to)`, where `from` is rounded down to the grid.
    package func starts(from: Time, to: Time) -> [Time] {
        var starts: [Time] = []
        guard from < to else { return starts }
        var start = self.start(of: from)
        while start < to {
            starts.append(start)
            let next = start + width
            if next <= start { break }
            start = next
        }
        return starts
    }

    /// The most panes that a window may have, so that no window is too long to be put together.
    package static let mostPanes: Int64 = 200_000

    /// Whether windows of that length are made of whole panes, not too many of them, so that they can be answered.
    package func divides(_ length: PrometheusDuration) -> Bool {
        let (panes, rest) = length.microseconds.quotientAndRemainder(dividingBy: width.microseconds)
        return (1...Self.mostPanes).contains(panes) && rest == 0
    }
}

extension ModelSchema {
    /// How the model's event time is cut into panes.
    package var paneGrid: PaneGrid { PaneGrid(width: paneWidth) }
}

/// How many predictions the panes of one slice hold from a time on, and when the newest of them came.
///
/// Sixteen bytes a pane, so that questions about many weeks need no panes. At most ``most`` panes: what would need more is
/// not kept.
package struct PaneVolumes: Sendable {
    /// One pane.
    private struct Entry: Sendable {
        var predictions: Int64 = 0
        var newest: Int64 = .min
    }

    /// The most panes that are kept.
    package static let most = 1 << 18

    /// The start of the first pane that is known; all later ones are.
    package let start: Time

    private let grid: PaneGrid
    private var entries: [Entry] = []

    /// No pane from a time on, which is a pane's start, holds anything yet.
    package init(start: Time, grid: PaneGrid) {
        self.start = start
        self.grid = grid
    }

    /// Notes what the pane that starts then holds now; returns false where there are too many panes to know them all.
    package mutating func note(predictions: Int, newestEvent: Time?, startingAt time: Time) -> Bool {
        guard time >= start else { return true }
        let place = place(of: time)
        guard place < Int64(Self.most) else { return false }
        let index = Int(place)
        while entries.count <= index { entries.append(Entry()) }
        entries[index] = Entry(predictions: Int64(predictions), newest: newestEvent?.microseconds ?? .min)
        return true
    }

    /// How many predictions the panes in `[from, to)` hold; nil where they are not all known.
    package func predictions(from: Time, to: Time) -> Int? {
        guard from >= start, from <= to else { return nil }
        let (first, last) = (min(place(of: from), Int64(entries.count)), min(place(of: to), Int64(entries.count)))
        guard first < last else { return 0 }
        var sum: Int64 = 0
        for entry in entries[Int(first)..<Int(last)] { sum &+= entry.predictions }
        return Int(sum)
    }

    /// The newest event in the panes before a time; nil where no known pane holds one, or the pane does not say.
    ///
    /// - Complexity: O(empty panes before it).
    package func newestEvent(before time: Time) -> Time? {
        guard time > start else { return nil }
        let last = Int(min(place(of: time), Int64(entries.count)))
        guard let entry = entries[..<last].last(where: { $0.predictions > 0 }), entry.newest != .min else { return nil }
        return Time(microseconds: entry.newest)
    }

    private func place(of time: Time) -> Int64 {
        (time - start).microseconds / grid.width.microseconds
    }
}

extension PaneVolumes {
    /// The stretch whose panes tell what to expect of windows that end in a range: eight weeks and the window before it.
    ///
    /// Nil where these are more panes than are kept, or weeks are not made of whole panes.
    package static func stretch(
        for length: PrometheusDuration, from: Time, to: Time, grid: PaneGrid
    ) -> (from: Time, to: Time)? {
        guard grid.divides(.days(7)) else { return nil }
        let first = grid.start(of: from - length - .days(7 * Int64(mostWeeks)))
        guard (to - first).microseconds / grid.width.microseconds < Int64(most) else { return nil }
        return (first, to)
    }

    private static var mostWeeks: Int { WindowVolume.mostWeeks }

    /// What is known of the time before a window.
    ///
    /// Only weeks that lie behind `first`, the start of the model's first pane, are counted: before it there was no traffic
    /// to compare with. Before `fineFrom`, where panes have gone, nothing is known.
    package func volume(of window: Window, since first: Time, fineFrom: Time? = nil) -> WindowVolume {
        let known = max(first, start, fineFrom ?? .earliest)
        var weeks: [Int] = []
        for week in 1...Self.mostWeeks {
            let shift = PrometheusDuration.days(7 * Int64(week))
            guard window.start - shift >= known else { break }
            guard let count = predictions(from: window.start - shift, to: window.end - shift) else { break }
            weeks.append(count)
        }
        let newest = newestEvent(before: window.end).flatMap { $0 < fineFrom ?? .earliest ? nil : $0 }
        return WindowVolume(weeks: weeks, newestEvent: newest)
    }
}

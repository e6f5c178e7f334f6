package import Monitoring

/// When the groups of a route are told nothing: inside of a mute time, or outside of every active time.
package struct MuteTimes: Hashable, Sendable {
    /// A named set of intervals; a time lies inside where any of them holds it.
    package struct Named: Hashable, Sendable {
        /// The name that routes use.
        package let name: String
        /// The intervals.
        package let intervals: [TimeInterval]

        /// Intervals under a name.
        package init(name: String, intervals: [TimeInterval]) {
            self.name = name
            self.intervals = intervals
        }

        /// Whether a time lies inside.
        package func contains(_ time: Time) -> Bool {
            intervals.contains { $0.contains(time) }
        }
    }

    /// The times at which nothing is told.
    package let mute: [Named]
    /// The times at which something is told; none stands for all of the time.
    package let active: [Named]

    /// Times of a route.
    package init(mute: [Named] = [], active: [Named] = []) {
        self.mute = mute
        self.active = active
    }

    /// Never.
    package static let none = Self()

    /// Whether there are any.
    package var isEmpty: Bool { mute.isEmpty && active.isEmpty }

    /// The names of the intervals that keep a group quiet at a time; nil where it may be told.
    package func muting(at time: Time) -> [String]? {
        let muted = mute.filter { $0.contains(time) }.map(\.name)
        if !muted.isEmpty { return muted }
        if active.isEmpty || active.contains(where: { $0.contains(time) }) { return nil }
        return active.map(\.name)
    }

    /// The first time after another at which a group may be told again; nil where that lies more than 400 days ahead.
    package func end(after time: Time) -> Time? {
        let intervals = (mute + active).flatMap(\.intervals)
        var searched: Int64 = 0
        // Mostly it is today or tomorrow; the rest of the year is looked at only where it must be.
        for days: Int64 in [1, 8, 400] {
            let from = time + .days(searched)
            let candidates = intervals.flatMap { $0.boundaries(after: from, days: days - searched) }
            if let end = candidates.sorted().first(where: { muting(at: $0) == nil }) { return end }
            searched = days
        }
        return nil
    }
}

/// Day panes: what the panes of a whole day add up to, so that long windows are made of few parts.
extension PaneGrid {
    /// A day with fewer panes than this is not worth a pane of its own.
    private static let leastPanes: Int64 = 4

    /// The grid of day panes; nil where a day is not made of several whole panes.
    package var days: PaneGrid? {
        let day = PrometheusDuration.days(1)
        let (panes, rest) = day.microseconds.quotientAndRemainder(dividingBy: width.microseconds)
        return rest == 0 && panes >= Self.leastPanes ? PaneGrid(width: day) : nil
    }

    /// The starts of the days that lie wholly in `[from, to)`, oldest first.
    package func wholeDays(from: Time, to: Time) -> [Time] {
        guard let days else { return [] }
        return days.starts(from: days.boundary(notBefore: from), to: days.start(of: to))
    }
}

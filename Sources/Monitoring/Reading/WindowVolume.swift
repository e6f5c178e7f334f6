package import Statistics

/// How many rows the same stretch had in earlier weeks, and when the last event before the window's end was.
package struct WindowVolume: Hashable, Sendable {
    /// What earlier weeks let expect; nil for fewer than two.
    package let pattern: VolumePattern?
    /// The newest event before the window's end, in the window or before it.
    package let newestEvent: Time?

    /// The most earlier weeks that are looked at.
    package static let mostWeeks = VolumePattern.mostWeeks

    /// What is known of the time before a window.
    package init(weeks: [Int], newestEvent: Time?) {
        pattern = VolumePattern(weeks: weeks)
        self.newestEvent = newestEvent
    }
}

extension WindowSummary {
    /// The value of a measure of how many rows came and when; nil for any other measure.
    func volumeValue(_ measure: Measure) -> Double? {
        switch measure {
        case .volumeExpected: volume?.pattern?.expected
        case .volumeRatio: volume?.pattern?.ratio(of: predictions)
        case .volumePValue: volume?.pattern?.pValue(of: predictions)
        case .freshnessSeconds:
            (pane.newestEvent ?? volume?.newestEvent).map { Double((window.end - $0).microseconds) / 1_000_000 }
        default: nil
        }
    }
}

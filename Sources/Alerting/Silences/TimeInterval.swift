package import Monitoring

/// Stretches of the week or year, such as working hours: every list that is given must hold, an empty one always does.
package struct TimeInterval: Hashable, Sendable {
    /// Minutes of the day, each from its lower bound up to but not including its upper, at most 1440.
    package var minutes: [Range<Int64>] = []
    /// 0 for Sunday to 6 for Saturday.
    package var weekdays: [ClosedRange<Int64>] = []
    /// First and last days of the month; negative ones count from its end, -1 being the last.
    package var days: [DaysOfMonth] = []
    /// 1 to 12.
    package var months: [ClosedRange<Int64>] = []
    /// Years.
    package var years: [ClosedRange<Int64>] = []
    /// The clock that people look at.
    package var zone = TimeZoneOffset.utc

    /// All of the time.
    package init() {}

    /// Whether a time lies inside.
    package func contains(_ time: Time) -> Bool {
        let local = zone.local(time)
        let day = local.microseconds.floored(by: Self.day)
        let date = CivilDate(daysSinceEpoch: day)
        let minute = (local.microseconds - day * Self.day) / Self.minute
        return (minutes.isEmpty || minutes.contains { $0.contains(minute) })
            && (weekdays.isEmpty || weekdays.contains { $0.contains(date.weekday) })
            && (days.isEmpty || days.contains { $0.contains(date) })
            && (months.isEmpty || months.contains { $0.contains(date.month) })
            && (years.isEmpty || years.contains { $0.contains(date.year) })
    }

    /// The instants after a time, within some days, at which the answer of ``contains(_:)`` may change.
    func boundaries(after time: Time, days count: Int64) -> [Time] {
        let local = zone.local(time)
        let first = local.microseconds.floored(by: Self.day)
        var marks: [Int64] = [0]
        for range in minutes { marks += [range.lowerBound, range.upperBound] }
        var found: [Time] = []
        for day in first...(first + count) {
            for mark in marks {
                let local = Time(microseconds: day * Self.day + mark * Self.minute)
                found += zone.instants(ofLocal: local).filter { $0 > time }
            }
        }
        return found.sorted()
    }

    private static let minute: Int64 = 60_000_000
    private static let day: Int64 = 86_400_000_000
}

extension Int64 {
    /// The quotient, rounded down.
    fileprivate func floored(by divisor: Int64) -> Int64 {
        let remainder = self % divisor
        return (self - (remainder < 0 ? remainder + divisor : remainder)) / divisor
    }
}

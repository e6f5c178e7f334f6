package import Monitoring

/// A stretch of days of a month, both ends included; an end below 0 counts from the month's end.
package struct DaysOfMonth: Hashable, Sendable {
    /// The first day, 1 to 31 or -31 to -1.
    package let first: Int64
    /// The last day.
    package let last: Int64

    /// A stretch from a first to a last day.
    package init(first: Int64, last: Int64) {
        self.first = first
        self.last = last
    }

    /// Whether a day lies inside.
    package func contains(_ date: CivilDate) -> Bool {
        let low = first < 0 ? date.daysInMonth + 1 + first : first
        let high = last < 0 ? date.daysInMonth + 1 + last : last
        return low <= date.day && date.day <= high
    }
}

/// An instant as PostgreSQL's `timestamptz` holds it, in integer microseconds.
package struct Timestamp: Hashable, Comparable, Sendable {
    /// Microseconds since 1970-01-01T00:00:00Z.
    package let microseconds: Int64

    package init(microseconds: Int64) {
        self.microseconds = microseconds
    }

    package static func < (left: Timestamp, right: Timestamp) -> Bool {
        left.microseconds < right.microseconds
    }

    /// 2000-01-01T00:00:00Z, from which PostgreSQL counts, in microseconds since 1970.
    private static let epoch: Int64 = 946_684_800_000_000

    /// What the wire carries: microseconds since 2000-01-01.
    ///
    /// An instant that PostgreSQL cannot hold becomes the value just above minus infinity, which the server refuses
    /// with SQLSTATE 22008.
    var wireValue: Int64 {
        let (value, overflow) = microseconds.subtractingReportingOverflow(Timestamp.epoch)
        return overflow || value == .min ? .min + 1 : value
    }

    /// `nil` for the two infinities and for instants after the year 294247.
    init?(wireValue: Int64) {
        guard wireValue != .min, wireValue != .max else { return nil }
        let (value, overflow) = wireValue.addingReportingOverflow(Timestamp.epoch)
        guard !overflow else { return nil }
        self.init(microseconds: value)
    }
}

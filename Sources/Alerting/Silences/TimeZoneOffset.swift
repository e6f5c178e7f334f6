internal import Foundation
package import Monitoring

/// The clock of a place: how far it is ahead of UTC at any time.
package struct TimeZoneOffset: Hashable, Sendable {
    /// The name in the IANA database, such as `Europe/Berlin`.
    package let name: String

    /// The clock without daylight saving.
    package static let utc = Self(unchecked: "UTC")

    /// The clock of a place that the database knows; nil for any other name.
    package init?(_ name: String) {
        guard TimeZone(identifier: name) != nil else { return nil }
        self.name = name
    }

    private init(unchecked name: String) {
        self.name = name
    }

    /// What the clock shows at a time, as if it were UTC.
    package func local(_ time: Time) -> Time {
        Time(microseconds: time.microseconds + shift(at: time))
    }

    /// The instants at which the clock shows a time: one, two where it is set back, near ones where it is set forward.
    package func instants(ofLocal local: Time) -> [Time] {
        let guess = Time(microseconds: local.microseconds - shift(at: local))
        let shifts = [local, guess, guess + .hours(1), guess - .hours(1)].map(shift)
        return Set(shifts).map { Time(microseconds: local.microseconds - $0) }.sorted()
    }

    private func shift(at time: Time) -> Int64 {
        guard name != "UTC", let zone = TimeZone(identifier: name) else { return 0 }
        let date = Date(timeIntervalSince1970: Double(time.microseconds) / 1_000_000)
        return Int64(zone.secondsFromGMT(for: date)) * 1_000_000
    }
}

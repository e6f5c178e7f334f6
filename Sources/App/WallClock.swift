package import Monitoring

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The real clock: the only place that asks what time it is.
///
/// Instants are `Instant`, wall-clock time; sleeping runs on the monotonic clock, so that a jump of the wall clock
/// neither wakes nor delays a loop.
package struct WallClock: Clock {
    /// A wall-clock instant, the service's own `Time` made usable as the instant of a clock.
    package struct Instant: InstantProtocol {
        package let time: Time

        package init(_ time: Time) {
            self.time = time
        }

        package func advanced(by duration: Swift.Duration) -> Instant {
            Instant(Time(microseconds: time.microseconds &+ duration.inMicroseconds))
        }

        package func duration(to other: Instant) -> Swift.Duration {
            .microseconds(other.time.microseconds &- time.microseconds)
        }

        package static func < (left: Instant, right: Instant) -> Bool {
            left.time < right.time
        }
    }

    package init() {}

    package var now: Instant {
        Instant(Time(microseconds: Int64((Date().timeIntervalSince1970 * 1_000_000).rounded())))
    }

    package var minimumResolution: Swift.Duration { .microseconds(1) }

    package func sleep(until deadline: Instant, tolerance: Swift.Duration?) async throws {
        try await ContinuousClock().sleep(for: now.duration(to: deadline), tolerance: tolerance)
    }
}

extension Swift.Duration {
    /// The whole microseconds, saturating.
    package var inMicroseconds: Int64 {
        let (seconds, attoseconds) = components
        let (scaled, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000)
        return overflow ? (seconds < 0 ? .min : .max) : scaled &+ attoseconds / 1_000_000_000_000
    }
}

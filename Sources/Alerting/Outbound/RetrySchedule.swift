package import Monitoring

/// When a delivery is tried again, and when it is given up.
///
/// The delays are those that Standard Webhooks suggests: together 75 hours and 35 minutes, so that a receiver may be away from
/// Friday evening to Monday evening. Jitter keeps receivers that come back from being called by everyone at once.
package struct RetrySchedule: Sendable {
    /// The delay before each attempt, the first being immediate.
    package let delays: [PrometheusDuration]

    /// How far a delay is spread to both sides, as a share of it.
    package static let jitter = 0.2

    /// The most that a receiver's `Retry-After` may ask for while the schedule's own delay is short.
    package static let longestWish = PrometheusDuration(microseconds: 3_600_000_000)

    /// 0, 5 s, 5 min, 30 min, 2 h, 5 h, 10 h, 14 h, 20 h, 24 h.
    package static let standard = Self(
        delays: [0, 5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400].map {
            PrometheusDuration(microseconds: $0 * 1_000_000)
        })

    /// A schedule with a delay before each attempt; at least one.
    package init(delays: [PrometheusDuration]) {
        precondition(!delays.isEmpty, "a retry schedule has at least one attempt")
        self.delays = delays
    }

    /// The sum of all delays: no delivery is given up before it is this old.
    package var span: PrometheusDuration {
        delays.reduce(.zero) { $0 + $1 }
    }

    /// How long to wait before an attempt (the first is 1), with `random` in 0..<1 spreading it by a fifth to both sides.
    ///
    /// Attempts beyond the schedule wait as long as its last one.
    package func delay(attempt: Int, random: Double) -> PrometheusDuration {
        let nominal = delays[min(max(attempt, 1), delays.count) - 1]
        let spread = 1 + Self.jitter * (2 * min(max(random, 0), 1) - 1)
        return PrometheusDuration(microseconds: Int64(Double(nominal.microseconds) * spread))
    }

    /// How long to wait before an attempt when the receiver asked for a time: no shorter than our own delay, and no
    /// longer than twice that delay or an hour, whichever is more.
    package func delay(attempt: Int, random: Double, wish: PrometheusDuration?) -> PrometheusDuration {
        let own = delay(attempt: attempt, random: random)
        guard let wish else { return own }
        return max(own, min(wish, max(own * 2, Self.longestWish)))
    }

    /// Whether a delivery that failed so many times at this age is given up.
    ///
    /// Jitter may shorten the way through the schedule; attempts then go on until the delivery is as old as the whole schedule.
    package func isExhausted(attempts: Int, age: PrometheusDuration) -> Bool {
        attempts >= delays.count && age >= span
    }

    /// What an attempt's outcome makes of its delivery, with wall-clock times and `attempts` counting this one.
    package func settlement(
        of outcome: DeliveryOutcome, attempts: Int, createdAt: Time, now: Time, random: Double
    ) -> Settlement {
        switch outcome {
        case .delivered: .delivered
        case .dead(_, let reason): .dead(reason: reason)
        case .paused(let reason):
            now - createdAt >= span ? .dead(reason: reason) : .waiting(until: now + Self.pause)
        case .retry(_, let reason, let wish):
            if isExhausted(attempts: attempts, age: now - createdAt) {
                .dead(reason: "given up after \(attempts) attempts: \(reason)")
            } else {
                .waiting(until: now + delay(attempt: attempts + 1, random: random, wish: wish))
            }
        }
    }

    /// How long a paused delivery waits before its receiver is looked for again.
    package static let pause = PrometheusDuration(microseconds: 60_000_000)
}

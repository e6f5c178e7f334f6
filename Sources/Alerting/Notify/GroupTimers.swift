package import Monitoring

/// When a group is told, on the event clock of its model.
package struct GroupTimers: Hashable, Sendable {
    /// How long a new group waits for more alerts before its first notification.
    package var wait: PrometheusDuration
    /// The least time between two notifications with news; more than zero.
    package var interval: PrometheusDuration
    /// After how long without news the group is told again; counts up to the next multiple of `interval`.
    package var repetition: PrometheusDuration

    /// Alertmanager's defaults: 30 s, 5 min, 4 h.
    package static let standard = Self(
        wait: PrometheusDuration(microseconds: 30_000_000), interval: PrometheusDuration(microseconds: 300_000_000),
        repetition: PrometheusDuration(microseconds: 14_400_000_000))

    /// Timers; `interval` and `repetition` must be more than zero.
    package init(wait: PrometheusDuration, interval: PrometheusDuration, repetition: PrometheusDuration) {
        precondition(interval > .zero && repetition > .zero, "group_interval and repeat_interval are more than zero")
        self.wait = wait
        self.interval = interval
        self.repetition = repetition
    }

    /// The first time on the grid of `interval` after `flush` that is not before `time`.
    func tick(after flush: Time, notBefore time: Time) -> Time {
        let distance = max((time - flush).microseconds, 1)
        let steps = (distance - 1) / interval.microseconds + 1
        return flush + interval * Int(steps)
    }
}

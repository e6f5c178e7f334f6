package import Monitoring
internal import Query

/// The alerts that one channel of a receiver is told of together, and when.
///
/// A group lives on the event clock of its model. Transitions may enter it before earlier flushes were planned: they then wait in
/// `later`, so that what is told depends on event times alone and not on when anybody looked.
package struct AlertGroup: Hashable, Sendable {
    /// What makes the alerts one group.
    package let key: GroupKey
    /// Who is told.
    package let destination: Destination
    /// The timers; set them anew when the settings change.
    package var timers: GroupTimers
    /// The alerts as they will be told at the next flush: firing, or resolved since the receiver was told that they fire.
    package internal(set) var members: [NotifiedAlert] = []
    /// What entered after the next flush's time, in order of time.
    package internal(set) var later: [Arrival] = []
    /// What the receiver was told last; nil before the first time.
    package internal(set) var told: Told?
    /// The event time of the last flush of this episode; nil before the first one.
    package internal(set) var lastFlush: Time?
    /// The event time at which the group is looked at next; nil while it is empty.
    package internal(set) var nextFlush: Time?
    /// Whether an alert was left out of the last flush because it was silenced, inhibited or muted.
    package internal(set) var isHushed = false
    /// How many notifications were planned so far: the sequence number of the last one.
    package internal(set) var sequence: Int64 = 0

    /// Where the alerts come from.
    package let origin: Origin

    /// Whose alerts a group holds; the groups of rules and of others are apart, because they have different clocks.
    package enum Origin: String, Sendable {
        case rules
        case external
    }

    /// A group without alerts.
    package init(key: GroupKey, destination: Destination, timers: GroupTimers, origin: Origin = .rules) {
        self.origin = origin
        self.key = key
        self.destination = destination
        self.timers = timers
    }

    /// The model whose event clock rules the group, or nil for alerts of no single model (wall clock).
    package var model: String? {
        let model = origin == .rules ? key.labels["model"] : ""
        return model.isEmpty ? nil : model
    }

    /// The text that identifies the group, and the stream of its deliveries: destination and key.
    package var stream: String {
        (origin == .external ? "external " : "") + "\(destination.name)/\(destination.channel):\(key.text)"
    }

    /// Whether nothing is left to be told, so that the group need not be kept.
    package var isIdle: Bool { nextFlush == nil }

    /// A transition that waits for an earlier flush.
    package struct Arrival: Hashable, Sendable {
        /// The event time of the transition.
        package let time: Time
        /// The alert as it became.
        package let alert: NotifiedAlert

        /// An alert that changed at a time.
        package init(time: Time, alert: NotifiedAlert) {
            self.time = time
            self.alert = alert
        }
    }
}

/// How far event time has come in one model: up to when we believe to have seen everything.
///
/// Never falls. The wall clock is told, never asked.
package struct Watermark: Hashable, Sendable {
    /// The greatest event time that was committed, nil before the first.
    package private(set) var greatestEvent: Time?

    /// The latest time up to which a client stated that everything is there.
    package private(set) var stated: Time?

    /// Whether an event time within an hour of the wall clock was ever seen.
    package private(set) var isLive: Bool

    /// The greatest time that was ever reached, nil before there was any.
    package private(set) var time: Time?

    /// A watermark as it was stored, or that of a new model.
    package init(greatestEvent: Time? = nil, stated: Time? = nil, isLive: Bool = false, time: Time? = nil) {
        self.greatestEvent = greatestEvent
        self.stated = stated
        self.isLive = isLive
        self.time = time
    }

    /// How close to the wall clock an event must be for its model to be live.
    package static let liveDistance = PrometheusDuration.hours(1)

    /// Takes notice of a committed event time; returns whether the watermark moved.
    @discardableResult
    package mutating func observe(event: Time, wallClock: Time, delay: PrometheusDuration) -> Bool {
        if greatestEvent.map({ event > $0 }) ?? true { greatestEvent = event }
        let distance = PrometheusDuration(microseconds: (event - wallClock).microseconds.magnitudeSaturating)
        if distance <= Self.liveDistance { isLive = true }
        return raise(to: event - delay)
    }

    /// Takes notice that everything before a time is there; returns whether the watermark moved.
    @discardableResult
    package mutating func state(_ time: Time) -> Bool {
        stated = max(stated ?? time, time)
        return raise(to: time)
    }

    /// Follows the wall clock where the model is live; returns whether the watermark moved.
    @discardableResult
    package mutating func follow(wallClock: Time, delay: PrometheusDuration) -> Bool {
        isLive && raise(to: wallClock - delay)
    }

    /// Takes over what another process knows of the same model; returns whether the watermark moved.
    @discardableResult
    package mutating func merge(_ other: Self) -> Bool {
        if let event = other.greatestEvent { greatestEvent = max(greatestEvent ?? event, event) }
        if let other = other.stated { stated = max(stated ?? other, other) }
        isLive = isLive || other.isLive
        return other.time.map { raise(to: $0) } ?? false
    }

    /// Whether the watermark has reached a time.
    package func hasReached(_ end: Time) -> Bool {
        time.map { $0 >= end } ?? false
    }

    private mutating func raise(to candidate: Time) -> Bool {
        guard time.map({ candidate > $0 }) ?? true else { return false }
        time = candidate
        return true
    }
}

extension Int64 {
    /// The absolute value, held at the end of the range.
    var magnitudeSaturating: Int64 { self == .min ? .max : Swift.abs(self) }
}

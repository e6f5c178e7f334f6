import Monitoring

/// What of the past is to be looked at again, and when.
struct CorrectionQueue: Sendable {
    /// The stretch whose windows changed after they were judged.
    private(set) var reopening: LiveWindows.Reopening?
    private var changedAt = Time.earliest
    private var nextSlot: Time?

    /// How long nothing must have come before the past is looked at between two slots.
    private static let quietTime = PrometheusDuration(microseconds: 2_000_000)

    /// Everything that may still be corrected, as after a start.
    static func everything(of schema: ModelSchema, upTo judged: Time, now: Time) -> Self {
        var queue = Self()
        queue.add(
            LiveWindows.Reopening(from: judged - schema.labelHorizon, to: judged, hasRows: true, hasLabels: true),
            at: now)
        return queue
    }

    /// Takes in a stretch that changed.
    mutating func add(_ other: LiveWindows.Reopening, at now: Time) {
        changedAt = now
        if reopening == nil { reopening = other } else { reopening?.formUnion(other) }
    }

    /// The stretch that is due: at an event time on the grid, or when nothing more has come for a while.
    mutating func take(clock: Time, every period: PrometheusDuration, now: Time) -> LiveWindows.Reopening? {
        guard let due = reopening else { return nil }
        let isSlot = nextSlot.map { $0 <= clock } ?? false
        guard isSlot || now - changedAt >= Self.quietTime else {
            if nextSlot == nil { nextSlot = clock.floor(toMultipleOf: period) + period }
            return nil
        }
        reopening = nil
        nextSlot = nil
        return due
    }
}

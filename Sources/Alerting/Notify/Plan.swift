package import Monitoring

/// What one flush of a group comes to: perhaps a notification, and the group afterwards.
package struct Plan: Hashable, Sendable {
    /// Why the receiver is told, or that there is nothing new.
    package let reason: NotificationReason
    /// What the receiver is told; nil where there is nothing new, or only what it does not want to hear.
    package let notification: Notification?
    /// The group after the flush; keep it in the transaction that keeps the notification's delivery.
    package let group: AlertGroup

    /// The flush that is due at an event time up to which all rules were judged, or nil where none is.
    ///
    /// The flush happens at the group's own time, not at `clock`; call again with the new group until nothing is due.
    ///
    /// An alert that `quiet` suppresses is left out as if it were not there; what the receiver was told of it stays told, so
    /// that it hears of the end once the suppression has ended.
    package init?(
        of group: AlertGroup, upTo clock: Time, audience: Audience, replayed: Bool, quiet: Quiet = .none
    ) {
        guard let due = group.nextFlush, due <= clock else { return nil }
        var next = group
        let hidden = group.members.filter { quiet.suppression(of: $0.labels, at: due) != nil }
        let hiddenPrints = Set(hidden.map(\.fingerprint))
        let seen = group.members.filter { !hiddenPrints.contains($0.fingerprint) }
        let firing = Set(seen.lazy.filter { !$0.isResolved }.map(\.fingerprint))
        let resolved = Set(seen.lazy.filter { $0.isResolved }.map(\.fingerprint))
        reason = Deduplicate.reason(
            firing: firing, resolved: resolved, told: group.told?.without(hiddenPrints), at: due,
            repetition: group.timers.repetition, sendsResolved: audience.sendsResolved)
        var notification: Notification?
        if reason != .nothingNew {
            let kept = group.told?.firing.intersection(hiddenPrints) ?? []
            next.told = Told(at: due, firing: firing.union(kept), resolved: resolved)
            if audience.sendsResolved || !firing.isEmpty {
                next.sequence += 1
                next.members = seen
                notification = Notification(
                    of: next, reason: reason, audience: audience, eventTime: due, replayed: replayed)
                next.members = group.members
            }
        }
        self.notification = notification
        next.finishFlush(
            at: due, isTold: reason != .nothingNew, hidden: hiddenPrints,
            quietEnds: quiet.end(for: hidden.map(\.labels), after: due))
        self.group = next
    }
}

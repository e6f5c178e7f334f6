package import Monitoring

/// The question whether a group has news for its receiver.
package enum Deduplicate {
    /// Why the receiver is to be told at `time`, by what fires, what has resolved, and what it was told last.
    ///
    /// The decision of Alertmanager 0.34. That everything has resolved is a reason even for receivers that are not told of
    /// resolved alerts: what they were told must be forgotten, or the next firing would not be news.
    package static func reason(
        firing: Set<Fingerprint>, resolved: Set<Fingerprint>, told: Told?, at time: Time,
        repetition: PrometheusDuration, sendsResolved: Bool
    ) -> NotificationReason {
        guard let told else { return firing.isEmpty ? .nothingNew : .firstNotification }
        guard firing.isSubset(of: told.firing) else {
            return told.firing.isEmpty ? .firstNotification : .newAlertsAdded
        }
        if firing.isEmpty { return told.firing.isEmpty ? .nothingNew : .allAlertsResolved }
        if sendsResolved, !resolved.isSubset(of: told.resolved) { return .someAlertsResolved }
        return told.at + repetition <= time ? .repeatIntervalElapsed : .nothingNew
    }
}

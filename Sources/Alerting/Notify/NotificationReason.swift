/// Why a group is told now, in Alertmanager's words; the raw values are its `notification_reason`.
package enum NotificationReason: String, Hashable, CaseIterable, Sendable {
    /// Something fires, and the receiver knew of nothing.
    case firstNotification = "first notification"
    /// Something fires that the receiver has not been told of.
    case newAlertsAdded = "new alerts added"
    /// Nothing fires any more of what the receiver was told of.
    case allAlertsResolved = "all alerts resolved"
    /// Something that the receiver was told of has resolved, while other alerts go on.
    case someAlertsResolved = "some alerts resolved"
    /// Nothing changed, for a long time.
    case repeatIntervalElapsed = "repeat interval elapsed"
    /// What was told earlier would be judged otherwise by now. Ours; Alertmanager does not judge.
    case verdictCorrected = "verdict corrected"
    /// There is nothing to tell.
    case nothingNew = "none"
}

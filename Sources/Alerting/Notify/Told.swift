package import Monitoring

/// What a receiver was told last of a group.
package struct Told: Hashable, Sendable {
    /// The event time of the notification.
    package let at: Time
    /// The alerts that fired in it.
    package let firing: Set<Fingerprint>
    /// The alerts that had resolved in it.
    package let resolved: Set<Fingerprint>

    /// The same without some alerts.
    func without(_ hidden: Set<Fingerprint>) -> Self {
        hidden.isEmpty
            ? self : Self(at: at, firing: firing.subtracting(hidden), resolved: resolved.subtracting(hidden))
    }

    /// What was told at a time.
    package init(at time: Time, firing: Set<Fingerprint>, resolved: Set<Fingerprint>) {
        at = time
        self.firing = firing
        self.resolved = resolved
    }
}

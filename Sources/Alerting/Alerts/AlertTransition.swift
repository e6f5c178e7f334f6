package import Monitoring

/// A change of an alert's verdict or health at one slot, with its reason.
package struct AlertTransition: Hashable, Sendable {
    /// The alert after the change.
    package let alert: Alert
    /// The verdict before; `inactive` for a new alert.
    package let previousVerdict: AlertVerdict
    /// The health before.
    package let previousHealth: AlertHealth
    /// The slot.
    package let slot: Time
    /// Why.
    package let reason: TransitionReason

    /// The verdict after; `inactive` where a pending alert's condition became false.
    package var verdict: AlertVerdict { alert.verdict }
    /// The health after.
    package var health: AlertHealth { alert.health }
    /// Whether the verdict changed, not only the health.
    package var changesVerdict: Bool { previousVerdict != alert.verdict }
    /// Whether people are to be told of it: it fired or was resolved.
    package var isNotable: Bool { changesVerdict && (verdict == .firing || verdict == .resolved) }
}

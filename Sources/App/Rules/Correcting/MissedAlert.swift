import Alerting
import Monitoring
import Store

/// An alert that would have fired, and did not, because what it rests on came late.
struct MissedAlert: Sendable {
    /// The rule with its file and group.
    let rule: String
    /// The alert as it would have been when it fired.
    let alert: Alert
    /// When it would have fired.
    let slot: Time
    /// When it would have been over.
    let end: Time

    /// The alert as it is told: over by now.
    var resolved: Alert {
        var told = alert
        told.verdict = .resolved
        told.firedAt = slot
        told.resolvedAt = end
        return told
    }

    /// What is corrected.
    func correction(_ cause: Correction.Cause) -> Correction {
        let inactive = AlertVerdict.inactive.rawValue
        let event = AlertEvent(
            rule: rule, fingerprint: alert.fingerprint.description, slot: slot, from: inactive, to: inactive,
            health: alert.health.rawValue, reason: "", value: .nan)
        return Correction(event: event, verdict: .firing, value: alert.value, cause: cause)
    }

    /// Whether the history says that the alert fired in that stretch, or that this was corrected already.
    func isKnown(in events: [AlertEvent]) -> Bool {
        let own = events.filter { $0.rule == rule && $0.fingerprint == alert.fingerprint.description }
        let firing = AlertVerdict.firing.rawValue
        let verdicts = own.filter { $0.from != $0.to && $0.to != Correction.verdict }
        let corrected = own.compactMap(Correction.read).contains { entry in
            guard entry.wouldBe == firing, let at = Time(rfc3339: entry.slot) else { return false }
            return at <= end && at >= slot - (end - slot)
        }
        return corrected || verdicts.last { $0.slot <= slot }?.to == firing
            || verdicts.first { $0.slot > slot }?.from == firing
            || verdicts.contains { $0.slot >= slot && $0.slot <= end && $0.to == firing }
    }
}

import Alerting
import Integrations
import Monitoring
import Store

/// From transitions to groups to deliveries.
extension ModelTimeline {
    /// One alert of one group, as a row finds it.
    struct AlertRow: Hashable {
        let rule: String
        let fingerprint: Fingerprint
    }

    /// The alerts of all books by their rows.
    func alertsByRow() -> [AlertRow: Alert] {
        var alerts: [AlertRow: Alert] = [:]
        for one in judged {
            for alert in one.book.alerts {
                alerts[AlertRow(rule: "\(one.path)/\(alert.rule)", fingerprint: alert.fingerprint)] = alert
            }
        }
        return alerts
    }

    /// Puts alerts that differ from before into a step, so that a restart goes on with them as they are.
    func keepChangedAlerts(since before: [AlertRow: Alert], in step: inout EvaluationStep) {
        for (row, alert) in alertsByRow() {
            var compared = alert
            compared.lastEvaluated = before[row]?.lastEvaluated ?? alert.lastEvaluated
            if before[row] != compared { step.alerts.append(Self.stored(alert, rule: row.rule)) }
        }
    }

    static func stored(_ alert: Alert, rule: String) -> StoredAlert {
        StoredAlert(
            rule: rule, fingerprint: alert.fingerprint.description, alertname: alert.name,
            verdict: alert.verdict.rawValue, health: alert.health.rawValue, state: AlertDocument.text(of: alert))
    }

    /// Writes a transition into the history, and tells the groups that are to hear of it.
    mutating func enter(_ transition: AlertTransition, path: String, into step: inout EvaluationStep) {
        let alert = transition.alert
        let rule = "\(path)/\(alert.rule)"
        step.events.append(
            AlertEvent(
                rule: rule, fingerprint: alert.fingerprint.description, slot: transition.slot,
                from: transition.previousVerdict.rawValue, to: alert.verdict.rawValue, health: alert.health.rawValue,
                reason: transition.reason.description, value: alert.value))
        switch alert.verdict {
        case .inactive: step.removed.append((rule, alert.fingerprint.description))
        case .resolved: step.alerts.append(Self.stored(alert, rule: rule))
        case .pending, .firing: break
        }
        let address = WindowAddress.text(
            of: alert.labels, at: transition.slot, windows: model.schema.windows,
            model: "\(identity.externalURL)/v1/models/\(model.name)")
        guard transition.isNotable, let notified = NotifiedAlert(alert, generatorURL: address) else { return }
        told.enter(notified, at: transition.slot, settings.notifications, into: &step)
        // What this alert inhibited, or does now, is looked at again.
        if !settings.notifications.inhibition.isEmpty { told.reconsider(at: transition.slot) }
    }

    /// Flushes every group that is due, in the order of time.
    mutating func flush(upTo slot: Time, replayed: Bool, now: Time, into step: inout EvaluationStep) {
        let firing = judged.flatMap(\.book.alerts).filter { $0.verdict == .firing }.map(\.labels)
        told.flush(upTo: slot, settings, firing: firing, replayed: replayed, now: now, into: &step)
    }

    static func ulid(at time: Time) -> String {
        ULID.text(time: time, high: .random(in: .min ... .max), low: .random(in: .min ... .max))
    }
}

extension EvaluationStep {
    /// Keeps a group's newest state.
    mutating func keep(_ group: AlertGroup) {
        let receiver = "\(group.destination.name)/\(group.destination.channel)"
        groups.removeAll { $0.receiver == receiver && $0.key == group.key.text }
        do {
            groups.append(
                StoredGroup(
                    receiver: receiver, key: group.key.text, state: try StoredText.text(of: group),
                    dueAt: group.nextFlush))
        } catch {
            preconditionFailure("a group of alerts is plain data and has a text")
        }
    }
}

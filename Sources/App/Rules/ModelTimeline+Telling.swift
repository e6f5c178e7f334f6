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
        guard transition.isNotable, let notified = NotifiedAlert(alert, generatorURL: generatorURL) else { return }
        for group in settings.notifications.groups(for: alert.labels) {
            var known = told[group.stream] ?? group
            known.timers = group.timers
            known.enter(notified, at: transition.slot)
            told[group.stream] = known
            step.keep(known)
        }
    }

    private var generatorURL: String { "\(identity.externalURL)/v1/models/\(model.name)" }

    /// Flushes every group that is due, in the order of time.
    mutating func flush(upTo slot: Time, replayed: Bool, now: Time, into step: inout EvaluationStep) {
        while let group = told.values.filter({ $0.nextFlush.map { $0 <= slot } ?? false })
            .min(by: { ($0.nextFlush ?? slot, $0.stream) < ($1.nextFlush ?? slot, $1.stream) })
        {
            let channel = settings.notifications.channel(of: group.destination)
            let audience = channel?.audience ?? Audience()
            guard let plan = Plan(of: group, upTo: slot, audience: audience, replayed: replayed) else { return }
            told[group.stream] = plan.group
            step.keep(plan.group)
            guard let channel, let notification = plan.notification else { continue }
            let body = ChannelRegistry.body(of: notification, for: channel, identity: identity)
            step.deliveries.append(
                notification.delivery(id: "msg_" + Self.ulid(at: now), payload: body, createdAt: now))
        }
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

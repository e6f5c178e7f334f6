import Alerting
import Integrations
import Monitoring
import Query
import Statistics
import Store

/// From transitions to groups to deliveries.
extension ModelTimeline {
    /// One alert of one group, as a row finds it.
    struct AlertRow: Hashable {
        let rule: String
        let fingerprint: Fingerprint
    }

    /// The alerts of all books by their rows.
    static func alertsByRow(_ judged: [Judged]) -> [AlertRow: Alert] {
        var alerts: [AlertRow: Alert] = [:]
        for one in judged {
            for alert in one.book.alerts {
                alerts[AlertRow(rule: "\(one.path)/\(alert.rule)", fingerprint: alert.fingerprint)] = alert
            }
        }
        return alerts
    }

    static func stored(_ alert: Alert, rule: String) -> StoredAlert {
        StoredAlert(
            rule: rule, fingerprint: alert.fingerprint.description, alertname: alert.name,
            verdict: alert.verdict.rawValue, health: alert.health.rawValue, state: AlertDocument.text(of: alert))
    }

    /// Writes a transition into the history, and tells the groups that are to hear of it.
    ///
    /// Windows that were read for the slot are in the cache.
    mutating func enter(
        _ transition: AlertTransition, path: String, _ cache: [String: WindowReading] = [:],
        into step: inout EvaluationStep
    ) {
        step.note(transition, path: path)
        if transition.verdict == .resolved {
            let alert = transition.alert
            resolved["\(path)/\(alert.rule) \(alert.fingerprint)"] = alert
        }
        let address = generatorURL(of: transition.alert.labels, at: transition.slot)
        guard transition.isNotable, var notified = NotifiedAlert(transition.alert, generatorURL: address) else {
            return
        }
        if let bins = bins(of: transition.alert.labels, at: transition.slot, cache) {
            notified = notified.with(bins: bins)
        }
        told.enter(notified, at: transition.slot, settings.notifications, into: &step)
        // What this alert inhibited, or does now, is looked at again.
        if !settings.notifications.inhibition.isEmpty { told.reconsider(at: transition.slot) }
    }

    /// A sketch of the bins of the feature that an alert is about, where the window was read for its rule; else the link leads there.
    private func bins(of labels: Labels, at slot: Time, _ cache: [String: WindowReading]) -> String? {
        guard !labels["feature"].isEmpty,
            let spec = model.schema.windows.first(where: { $0.length.text == labels["window"] })
        else { return nil }
        let (segment, version) = (ByteText(labels["segment"]), ByteText(labels["version"]))
        let slice: Slice =
            !segment.string.isEmpty
            ? Slice(segment: segment) : version.string.isEmpty ? .pooled : Slice(version: version)
        let reference = labels["reference"].isEmpty ? SeriesReader.standardReference : labels["reference"]
        let group = SeriesReader.Group(window: spec, slice: slice, reference: reference, series: [])
        let key = group.cacheKey(endingAt: spec.lastEnd(notAfter: slot))
        return cache[key].flatMap { BinTable($0.summary, ColumnName(address: labels["feature"])) }
            .flatMap { BinSketch($0)?.text }
    }

    /// Where people see the window that an alert was about at a slot.
    func generatorURL(of labels: Labels, at slot: Time) -> String {
        WindowAddress.text(
            of: labels, at: slot, windows: model.schema.windows,
            model: "\(identity.externalURL)/pages/models/\(model.name)")
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
    /// Writes a transition into the history, and what became of the alert where it is over.
    mutating func note(_ transition: AlertTransition, path: String) {
        let alert = transition.alert
        let rule = "\(path)/\(alert.rule)"
        events.append(
            AlertEvent(
                rule: rule, fingerprint: alert.fingerprint.description, slot: transition.slot,
                from: transition.previousVerdict.rawValue, to: alert.verdict.rawValue, health: alert.health.rawValue,
                reason: transition.reason.description, value: alert.value))
        switch alert.verdict {
        case .inactive: removed.append((rule, alert.fingerprint.description))
        case .resolved: alerts.append(ModelTimeline.stored(alert, rule: rule))
        case .pending, .firing: break
        }
    }

    /// Takes in alerts that differ from before, so that a restart goes on with them as they are.
    mutating func keepChanges(
        from before: [ModelTimeline.AlertRow: Alert], to after: [ModelTimeline.AlertRow: Alert]
    ) {
        for (row, alert) in after {
            var compared = alert
            compared.lastEvaluated = before[row]?.lastEvaluated ?? alert.lastEvaluated
            if before[row] != compared { alerts.append(ModelTimeline.stored(alert, rule: row.rule)) }
        }
    }

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

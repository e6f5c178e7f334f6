import Alerting
import Monitoring
import Query
import Statistics
import Store

/// Why a receiver was, or was not, told of an alert: its route, its group's timers, what keeps it quiet, and what was sent.
struct AlertAudience: Sendable {
    let route: Route
    let destination: Destination
    let key: GroupKey
    /// The group as it stands; nil where the alert never entered it.
    let group: AlertGroup?
    /// What keeps the alert from being told now.
    let suppressions: [Suppression]
    /// When that ends, as far as the clock decides it.
    let quietUntil: Time?
    /// What was sent to this receiver about the alert, newest first.
    let deliveries: [AlertDelivery]
    /// How the receiver is doing; nil where its last attempt worked.
    let health: ReceiverHealth?
    private let fingerprint: Fingerprint
    private let fires: Bool
    private let sendsResolved: Bool

    /// Everybody whom an alert's labels lead to, at an instant of its event clock.
    static func all(
        of alert: NotifiedAlert, _ snapshot: ActiveSettings.Snapshot, groups: [AlertGroup], firing: [Labels],
        deliveries: [AlertDelivery], health: [Destination: ReceiverHealth], at time: Time
    ) -> [Self] {
        let settings = snapshot.notifications
        var found: [Self] = []
        for node in settings.route.nodes(for: alert.labels) {
            let key = node.groupKey(for: alert.labels)
            for (destination, channel) in settings.receivers[ByteText(node.receiver)]?.destinations ?? [] {
                found.append(
                    Self(
                        alert, node, key, destination, channel, snapshot, groups: groups, firing: firing,
                        deliveries: deliveries, health: health[destination], at: time))
            }
        }
        return found
    }

    private init(
        _ alert: NotifiedAlert, _ node: Route, _ key: GroupKey, _ destination: Destination, _ channel: ChannelSettings,
        _ snapshot: ActiveSettings.Snapshot, groups: [AlertGroup], firing: [Labels], deliveries: [AlertDelivery],
        health: ReceiverHealth?, at time: Time
    ) {
        route = node
        self.health = health
        self.destination = destination
        self.key = key
        group = groups.first { $0.key == key && $0.destination == destination }
        let parts = [
            Quiet(silences: snapshot.silences),
            Quiet(rules: snapshot.notifications.inhibition, firing: firing + snapshot.externalLabels),
            Quiet(times: node.times),
        ]
        suppressions = parts.compactMap { $0.suppression(of: alert.labels, at: time) }
        let timed = Quiet(silences: snapshot.silences, times: node.times)
        quietUntil = suppressions.isEmpty ? nil : timed.end(for: [alert.labels], after: time)
        self.deliveries = deliveries.filter { $0.record.delivery.destination == destination }
        fingerprint = alert.fingerprint
        fires = !alert.isResolved
        sendsResolved = channel.audience.sendsResolved
    }

    /// Whether the receiver knows of the alert as it is.
    private var isTold: Bool {
        let told = group?.told
        return fires ? told?.firing.contains(fingerprint) ?? false : !(told?.firing.contains(fingerprint) ?? false)
    }

    /// In a word: `held` while something keeps it quiet, `sending` while a message about it is on its way, `waiting` for its
    /// group's time, `told`, or `not_told`.
    var state: String {
        if let last = deliveries.first, last.record.state == "dead", isTold { return "failed" }
        if !suppressions.isEmpty { return "held" }
        if deliveries.first?.record.state == "ready" { return "sending" }
        if isTold { return deliveries.isEmpty ? "not_told" : "told" }
        return group?.nextFlush == nil ? "not_told" : "waiting"
    }

    /// What happens next, as a sentence.
    var next: String {
        if let last = deliveries.first?.record, last.state == "dead" {
            return "the delivery was given up; POST /v1/deliveries/\(last.delivery.id)/redeliver sends it again"
        }
        if let last = deliveries.first?.record, last.state == "ready" {
            if let health, let since = health.pausedAt {
                let probe = health.probeAt.map { ", which is tried at \($0.rfc3339)" } ?? ""
                let error = health.lastError.map { " (\($0))" } ?? ""
                return "the delivery waits for its receiver, paused since \(since.rfc3339)\(error)\(probe)"
            }
            return "the delivery is sent \(last.attempts == 0 ? "now" : "again at \(last.nextAt.rfc3339)")"
        }
        if !suppressions.isEmpty {
            let until = quietUntil.map { " until \($0.rfc3339)" } ?? ""
            return "nothing while it is \(suppressions.map(\.description).joined(separator: " and "))\(until)"
        }
        if !fires, !sendsResolved { return "nothing: this receiver is not told of ends" }
        if !fires, deliveries.isEmpty { return "nothing: it was over before anybody was told of it" }
        guard let due = group?.nextFlush else { return "nothing until the alert changes" }
        return isTold
            ? "it is repeated at \(due.rfc3339) of event time if it still fires, or earlier when the group changes"
            : "it is told at \(due.rfc3339) of event time"
    }
}

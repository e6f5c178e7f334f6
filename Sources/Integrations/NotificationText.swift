internal import Alerting
internal import Monitoring
internal import Query

/// A notification in words: a title of one line, and a line for each alert.
struct NotificationText {
    let notification: Alerting.Notification
    let identity: SenderIdentity

    /// `[FIRING:2] FeatureDrift churn`, the values of the group's labels behind the state.
    var title: String {
        let firing = notification.alerts.count { !$0.isResolved }
        let state = notification.isFiring ? "FIRING:\(firing + notification.truncatedAlerts)" : "RESOLVED"
        let values = notification.key.labels.pairs.map(\.value)
        return "[\(state)] " + (values.isEmpty ? "alerts" : values.joined(separator: " "))
            + (notification.replayed ? " (replayed)" : "")
    }

    /// A line for each alert: its state, its summary, and the labels that tell it from the others.
    var lines: [String] {
        let common = Set(notification.commonLabels)
        var lines = notification.alerts.map { alert in
            let own = alert.labels.pairs.filter { !common.contains($0) }.map { "\($0.name)=\($0.value)" }
            let text = Self.summary(of: alert) ?? alert.labels["alertname"]
            let state = alert.isResolved ? "resolved" : "firing since \(alert.startsAt.rfc3339)"
            return "\(text)\(own.isEmpty ? "" : " (\(own.joined(separator: ", ")))"): \(state)"
        }
        if notification.truncatedAlerts > 0 { lines.append("and \(notification.truncatedAlerts) more") }
        return lines
    }

    /// Where people look closer.
    var link: String {
        notification.alerts.first { !$0.generatorURL.isEmpty }?.generatorURL ?? identity.externalURL
    }

    /// The texts of the alerts, at most so many characters of them.
    func body(limit: Int) -> String {
        Self.limited(lines.joined(separator: "\n"), to: limit)
    }

    /// The beginning of a text, at most so many Unicode scalars, with an ellipsis where something is left out.
    static func limited(_ text: String, to limit: Int) -> String {
        guard text.unicodeScalars.count > limit else { return text }
        return String(String.UnicodeScalarView(text.unicodeScalars.prefix(max(limit - 1, 0)))) + "\u{2026}"
    }

    private static func summary(of alert: NotifiedAlert) -> String? {
        for name in ["summary", "description"] {
            if let text = alert.annotations.first(where: { $0.name == name })?.value, !text.isEmpty { return text }
        }
        return nil
    }
}

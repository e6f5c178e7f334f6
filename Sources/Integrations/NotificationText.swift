internal import Alerting
internal import Monitoring
internal import Query

/// A notification in words: a title of one line, and a line for each alert, or what templates make of it.
struct NotificationText {
    let notification: Alerting.Notification
    let identity: SenderIdentity
    let texts: MessageTexts

    init(_ notification: Alerting.Notification, identity: SenderIdentity, texts: MessageTexts = MessageTexts()) {
        self.notification = notification
        self.identity = identity
        self.texts = texts
    }

    /// Whether any alert of the group fires.
    var isFiring: Bool { notification.isFiring }

    /// The notification as templates see it.
    var value: TemplateValue { TemplateValue(notification, externalURL: identity.externalURL, link: link) }

    /// The line above, without line breaks.
    var title: String {
        let title = texts.title?.expansion(of: value) ?? standardTitle
        return title.split(whereSeparator: \.isNewline).joined(separator: " ")
    }

    /// `[FIRING:2] FeatureDrift churn`, the values of the group's labels behind the state.
    private var standardTitle: String {
        let firing = notification.alerts.count { !$0.isResolved }
        let state = notification.isFiring ? "FIRING:\(firing + notification.truncatedAlerts)" : "RESOLVED"
        let values = notification.key.labels.pairs.map(\.value)
        return "[\(state)] " + (values.isEmpty ? "alerts" : values.joined(separator: " "))
            + (notification.replayed ? " (replayed)" : "")
    }

    /// The message itself.
    var body: String { texts.text?.expansion(of: value) ?? lines.joined(separator: "\n") }

    /// The lines of all alerts, the sketches of their bins below them.
    var lines: [String] {
        entries.flatMap { [$0.line] + $0.bins.split(separator: "\n").map(String.init) }
    }

    /// What is told of an alert: a line, and a sketch of its bins of some lines, or an empty text.
    struct Entry {
        let line: String
        var bins = ""
    }

    /// How many sketches a message has; further alerts have their line alone.
    private static let mostSketches = 5

    /// A line for each alert: its state, its summary, and the labels that tell it from the others.
    var entries: [Entry] {
        let common = Set(notification.commonLabels)
        var entries = notification.alerts.enumerated().map { index, alert in
            let own = alert.labels.pairs.filter { !common.contains($0) }.map { "\($0.name)=\($0.value)" }
            let text = Self.summary(of: alert) ?? alert.labels["alertname"]
            let state = alert.isResolved ? "resolved" : "firing since \(alert.startsAt.rfc3339)"
            let bins = index < Self.mostSketches ? Self.annotation(NotifiedAlert.binsAnnotation, of: alert) : nil
            return Entry(
                line: "\(text)\(own.isEmpty ? "" : " (\(own.joined(separator: ", ")))"): \(state)", bins: bins ?? "")
        }
        if notification.truncatedAlerts > 0 {
            entries.append(Entry(line: "and \(notification.truncatedAlerts) more"))
        }
        return entries
    }

    /// Where people look closer: the window of the first alert.
    var link: String {
        notification.alerts.first { !$0.generatorURL.isEmpty }?.generatorURL ?? identity.externalURL
    }

    /// Whether the link is one that a service can open.
    var hasLink: Bool { (link.hasPrefix("https://") || link.hasPrefix("http://")) && link.utf8.count <= 2048 }

    /// The name of the group in services that know incidents by a key.
    var groupDigest: String { GroupDigest.text(of: notification) }

    private static func summary(of alert: NotifiedAlert) -> String? {
        annotation("summary", of: alert) ?? annotation("description", of: alert)
    }

    private static func annotation(_ name: String, of alert: NotifiedAlert) -> String? {
        alert.annotations.first { $0.name == name && !$0.value.isEmpty }?.value
    }
}

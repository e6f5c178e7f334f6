internal import Monitoring
internal import Query

extension TemplateValue {
    /// A notification as templates see it: the fields of Alertmanager's template data, and a few of ours.
    package init(_ notification: Notification, externalURL: String, link: String) {
        self = .record([
            ("Receiver", .text(notification.destination.name)),
            ("Status", .text(notification.isFiring ? "firing" : "resolved")),
            ("Alerts", .list(notification.alerts.map(Self.alert))),
            ("NotificationReason", .text(notification.reason.rawValue)),
            ("GroupLabels", Self.labels(of: notification.key.labels.pairs)),
            ("CommonLabels", Self.labels(of: notification.commonLabels)),
            ("CommonAnnotations", Self.labels(of: notification.commonAnnotations)),
            ("ExternalURL", .text(externalURL)), ("GroupKey", .text(notification.key.text)),
            ("TruncatedAlerts", .integer(notification.truncatedAlerts)), ("Model", .text(notification.model ?? "")),
            ("Replayed", .boolean(notification.replayed)), ("Link", .text(link)),
        ])
    }

    private static func alert(_ alert: NotifiedAlert) -> TemplateValue {
        .record([
            ("Status", .text(alert.isResolved ? "resolved" : "firing")), ("Labels", labels(of: alert.labels.pairs)),
            ("Annotations", labels(of: alert.annotations)), ("StartsAt", .text(alert.startsAt.rfc3339)),
            ("EndsAt", .text(alert.endsAt?.rfc3339 ?? "")), ("GeneratorURL", .text(alert.generatorURL)),
            ("Fingerprint", .text(alert.fingerprint.description)),
        ])
    }

    private static func labels(of labels: [Label]) -> TemplateValue {
        .labels(labels.map { ($0.name, $0.value) })
    }
}

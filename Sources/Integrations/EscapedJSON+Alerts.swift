internal import Alerting
internal import Monitoring
internal import Query

extension EscapedJSON {
    /// Alertmanager's way to write that something has not ended: year 1.
    private static let zeroTime = "0001-01-01T00:00:00Z"

    /// Writes a member whose value is an object of labels.
    mutating func member(_ name: String, _ labels: [Label]) {
        key(name)
        object { json in
            for label in labels { json.member(label.name, label.value) }
        }
    }

    /// Writes alerts as a list, each as in Alertmanager's version-4 webhook.
    mutating func alerts(_ alerts: [NotifiedAlert]) {
        list { json in
            for alert in alerts { json.alert(alert) }
        }
    }

    private mutating func alert(_ alert: NotifiedAlert) {
        object { json in
            json.member("status", alert.isResolved ? "resolved" : "firing")
            json.member("labels", alert.labels.pairs)
            json.member("annotations", alert.annotations)
            json.member("startsAt", alert.startsAt.rfc3339)
            json.member("endsAt", alert.endsAt?.rfc3339 ?? Self.zeroTime)
            json.member("generatorURL", alert.generatorURL)
            json.member("fingerprint", alert.fingerprint.description)
        }
    }
}

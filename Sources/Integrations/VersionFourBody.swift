internal import Alerting
internal import Query

/// Alertmanager's version-4 webhook body, byte for byte, with `notification_reason` as in 0.32 and later.
///
/// Two members come after it where they apply: `model`, and `replayed`, which is true where the model was not live.
enum VersionFourBody {
    /// The body of a notification, ended by a line break.
    static func bytes(of text: NotificationText) -> [UInt8] {
        let notification = text.notification
        var json = EscapedJSON()
        json.object { json in
            json.member("receiver", notification.destination.name)
            json.member("status", notification.isFiring ? "firing" : "resolved")
            json.key("alerts")
            json.alerts(notification.alerts)
            json.member("notification_reason", notification.reason.rawValue)
            json.member("groupLabels", notification.key.labels.pairs)
            json.member("commonLabels", notification.commonLabels)
            json.member("commonAnnotations", notification.commonAnnotations)
            json.member("externalURL", text.identity.externalURL)
            json.member("version", "4")
            json.member("groupKey", notification.key.text)
            json.key("truncatedAlerts")
            json.number(notification.truncatedAlerts)
            if let model = notification.model { json.member("model", model) }
            if notification.replayed { json.member("replayed", true) }
        }
        json.endLine()
        return json.bytes
    }
}

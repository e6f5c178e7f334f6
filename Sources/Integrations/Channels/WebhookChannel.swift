package import Alerting
package import Monitoring
internal import Query

/// A POST in the shape of Alertmanager's version-4 webhook, with the headers of Standard Webhooks.
///
/// The body is Alertmanager's byte for byte, with `notification_reason` as in 0.32 and later. Two members come after it where they
/// apply: `model`, and `replayed`, which is true where the model was not live.
package struct WebhookChannel: Channel {
    private let target: WebhookTarget
    private let identity: SenderIdentity

    /// A channel to a target.
    package init(target: WebhookTarget, identity: SenderIdentity) {
        self.target = target
        self.identity = identity
    }

    package static func body(of notification: Notification, identity: SenderIdentity) -> [UInt8] {
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
            json.member("externalURL", identity.externalURL)
            json.member("version", "4")
            json.member("groupKey", notification.key.text)
            json.key("truncatedAlerts")
            json.number(notification.truncatedAlerts)
            if let model = notification.model { json.member("model", model) }
            if notification.replayed {
                json.key("replayed")
                json.boolean(true)
            }
        }
        json.endLine()
        return json.bytes
    }

    package func request(for delivery: Delivery, at time: Time) -> OutboundRequest {
        target.request(for: delivery, at: time, identity: identity)
    }

    package func outcome(of response: OutboundResponse) -> DeliveryOutcome {
        StatusOutcome.outcome(of: response)
    }
}

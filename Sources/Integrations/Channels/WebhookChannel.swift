package import Alerting
package import Monitoring

/// A POST in one of several shapes, with the headers of Standard Webhooks.
package struct WebhookChannel: Channel {
    private let target: WebhookTarget
    private let identity: SenderIdentity

    /// A channel to a target.
    package init(target: WebhookTarget, identity: SenderIdentity) {
        self.target = target
        self.identity = identity
    }

    static func content(
        of text: NotificationText, in format: WebhookFormat, id: String
    ) -> MessageContent {
        switch format {
        case .alertmanager: return MessageContent(body: VersionFourBody.bytes(of: text))
        case .cloudEventsStructured:
            return MessageContent(
                body: CloudEvent(of: text, id: id).structured,
                headers: [OutboundHeader("Content-Type", "application/cloudevents+json")])
        case .cloudEventsBinary:
            return MessageContent(body: VersionFourBody.bytes(of: text), headers: CloudEvent(of: text, id: id).headers)
        case .template(let template, let contentType):
            return MessageContent(
                body: Array(template.expansion(of: text.value).utf8),
                headers: [OutboundHeader("Content-Type", contentType)])
        }
    }

    package func message(for delivery: Delivery, at time: Time) -> OutboundMessage {
        .http(target.request(for: delivery, at: time, identity: identity))
    }
}

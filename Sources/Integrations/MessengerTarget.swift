package import Alerting
internal import Monitoring

/// A messenger's channel with its address and its secret at hand.
package struct MessengerTarget: Sendable {
    /// Whom to call, and how.
    let http: HTTPTarget
    /// What is shown to the service, empty where the address is the secret.
    let secret: Secret
    /// The plain settings.
    let settings: MessengerSettings

    /// The target of settings; `content` hands out the texts of the places that they name.
    package init(
        _ settings: MessengerSettings, content: (TextPlace) throws(WebhookTargetError) -> String
    ) throws(WebhookTargetError) {
        self.settings = settings
        http = try HTTPTarget(settings.address, settings.http, content: content)
        guard let source = settings.secret else {
            secret = Secret("")
            return
        }
        secret = try OutsideText.secret(source, content)
        if case .outside(let place) = source, !MessengerSecret.isPlain(secret.revealed) {
            throw .unreadable(place, reason: "it holds no key of printable characters without blanks")
        }
    }

    /// A POST of a JSON body.
    func post(
        _ body: [UInt8], for delivery: Delivery, to url: WebhookURL? = nil, identity: SenderIdentity,
        headers: [OutboundHeader] = []
    ) -> OutboundRequest {
        let common = [
            OutboundHeader("Content-Type", "application/json"),
            // The services do not know it; whoever stands between can tell repeats by it.
            OutboundHeader("webhook-id", delivery.id),
        ]
        return http.post(body, to: url, headers: common + headers, identity: identity, timeout: settings.timeout)
    }
}

package import Alerting
internal import Monitoring

/// A messenger's channel with its address and its secret at hand.
package struct MessengerTarget: Sendable {
    /// Whom to call.
    let url: WebhookURL
    /// What is shown to the service, empty where the address is the secret.
    let secret: Secret
    /// The plain settings.
    let settings: MessengerSettings

    /// The target of settings; `content` hands out the content of the files that they name.
    package init(
        _ settings: MessengerSettings, content: (_ path: String) throws(WebhookTargetError) -> String
    ) throws(WebhookTargetError) {
        self.settings = settings
        let webhook = try WebhookTarget(
            WebhookSettings(address: settings.address, audience: settings.audience, timeout: settings.timeout),
            content: content)
        url = webhook.url
        switch settings.secret {
        case nil: secret = Secret("")
        case .inline(let text): secret = text
        case .file(let path):
            let text = String(try content(path).drop(while: \.isWhitespace).prefix { !$0.isWhitespace })
            guard MessengerSecret.isPlain(text) else {
                throw .unreadable(path: path, reason: "it holds no key of printable characters without blanks")
            }
            secret = Secret(text)
        }
    }

    /// A POST of a JSON body.
    func post(
        _ body: [UInt8], for delivery: Delivery, to url: WebhookURL? = nil, identity: SenderIdentity,
        headers: [OutboundHeader] = []
    ) -> OutboundRequest {
        let common = [
            OutboundHeader("Content-Type", "application/json"), OutboundHeader("User-Agent", identity.userAgent),
            // The services do not know it; whoever stands between can tell repeats by it.
            OutboundHeader("webhook-id", delivery.id),
        ]
        return OutboundRequest(
            method: "POST", url: url ?? self.url, headers: common + headers, body: body, timeout: settings.timeout)
    }

    /// The address with a path behind its own.
    func address(_ path: String) -> WebhookURL {
        var base = url.revealed
        while base.hasSuffix("/") { base.removeLast() }
        do {
            return try WebhookURL(base + path)
        } catch {
            preconditionFailure("an address with a plain path behind it is an address")
        }
    }
}

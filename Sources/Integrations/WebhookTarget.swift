package import Alerting
package import Monitoring

/// A webhook with its address and its keys at hand, ready to be called.
package struct WebhookTarget: Hashable, Sendable {
    /// Whom to call, and how.
    package let http: HTTPTarget
    /// What to sign with, the newest key first; none sends unsigned.
    package let keys: [SigningKey]
    /// How long one attempt may take.
    package let timeout: PrometheusDuration

    /// Whom to call.
    package var url: WebhookURL { http.url }

    /// A target with all its parts.
    package init(url: WebhookURL, keys: [SigningKey], timeout: PrometheusDuration) {
        http = HTTPTarget(url: url)
        self.keys = keys
        self.timeout = timeout
    }

    /// The target of settings; `content` hands out the texts of the places that they name.
    ///
    /// White space at the ends of such a text does not count.
    package init(
        _ settings: WebhookSettings, content: (TextPlace) throws(WebhookTargetError) -> String
    ) throws(WebhookTargetError) {
        http = try HTTPTarget(settings.address, settings.http, content: content)
        keys = try Self.keys(settings.signingSecret, content)
        timeout = settings.timeout
    }

    /// The keys of a source; none where there is no source.
    package static func keys(
        _ source: SecretSource?, _ content: (TextPlace) throws(WebhookTargetError) -> String
    ) throws(WebhookTargetError) -> [SigningKey] {
        guard let source else { return [] }
        let secret = try OutsideText.secret(source, content)
        do {
            return try SigningKey.keys(in: secret)
        } catch {
            guard case .outside(let place) = source else { throw .secret(nil, error) }
            throw .secret(place, error)
        }
    }

    /// The request that carries a delivery at an attempt's wall-clock time.
    ///
    /// The body stays the same over all attempts; timestamp and signature are those of the attempt.
    func request(for delivery: Delivery, at time: Time, identity: SenderIdentity) -> OutboundRequest {
        let signature = WebhookSignature(id: delivery.id, at: time, body: delivery.payload, keys: keys)
        let hasType = delivery.headers.contains { $0.name == "Content-Type" }
        let type = hasType ? [] : [OutboundHeader("Content-Type", "application/json")]
        return http.post(
            delivery.payload, headers: type + delivery.headers + signature.headers, identity: identity, timeout: timeout
        )
    }
}

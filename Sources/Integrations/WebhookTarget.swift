package import Alerting
package import Monitoring

/// A webhook with its address and its keys at hand, ready to be called.
package struct WebhookTarget: Hashable, Sendable {
    /// Whom to call.
    package let url: WebhookURL
    /// What to sign with, the newest key first; none sends unsigned.
    package let keys: [SigningKey]
    /// How long one attempt may take.
    package let timeout: PrometheusDuration

    /// A target with all its parts.
    package init(url: WebhookURL, keys: [SigningKey], timeout: PrometheusDuration) {
        self.url = url
        self.keys = keys
        self.timeout = timeout
    }

    /// The target of settings; `content` hands out the content of the files that they name.
    ///
    /// White space at the ends of a file does not count.
    package init(
        _ settings: WebhookSettings, content: (_ path: String) throws(WebhookTargetError) -> String
    ) throws(WebhookTargetError) {
        switch settings.address {
        case .inline(let url): self.url = url
        case .file(let path):
            do {
                url = try WebhookURL(Self.trimmed(try content(path)))
            } catch let error as WebhookURLError {
                throw .address(path: path, error)
            } catch let error as WebhookTargetError {
                throw error
            } catch {
                preconditionFailure("an address is refused for no other reason")
            }
        }
        keys = try Self.keys(settings.signingSecret, content)
        timeout = settings.timeout
    }

    private static func keys(
        _ source: SecretSource?, _ content: (String) throws(WebhookTargetError) -> String
    ) throws(WebhookTargetError) -> [SigningKey] {
        switch source {
        case nil: return []
        case .inline(let secret):
            do { return try SigningKey.keys(in: secret) } catch { throw .secret(path: nil, error) }
        case .file(let path):
            let secret = Secret(try content(path))
            do { return try SigningKey.keys(in: secret) } catch { throw .secret(path: path, error) }
        }
    }

    private static func trimmed(_ text: String) -> String {
        String(text.drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed())
    }

    /// The request that carries a delivery at an attempt's wall-clock time.
    ///
    /// The body stays the same over all attempts; timestamp and signature are those of the attempt.
    func request(for delivery: Delivery, at time: Time, identity: SenderIdentity) -> OutboundRequest {
        let signature = WebhookSignature(id: delivery.id, at: time, body: delivery.payload, keys: keys)
        let headers = [
            OutboundHeader("Content-Type", "application/json"), OutboundHeader("User-Agent", identity.userAgent),
        ]
        return OutboundRequest(
            method: "POST", url: url, headers: headers + signature.headers, body: delivery.payload, timeout: timeout)
    }
}

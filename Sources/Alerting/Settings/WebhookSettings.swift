package import Monitoring

/// The settings of a webhook, of a receiver or of a launcher.
package struct WebhookSettings: Hashable, Sendable {
    /// Whom to call.
    package let address: AddressSource
    /// What to sign with; nil sends unsigned.
    package let signingSecret: SecretSource?
    /// What is told; of no meaning for a launcher.
    package let audience: Audience
    /// How long one attempt may take.
    package let timeout: PrometheusDuration
    /// How it is spoken to.
    package let http: HTTPOptions
    /// What the body looks like; of no meaning for a launcher.
    package let format: WebhookFormat

    /// The default timeout, 15 s: the least that Standard Webhooks asks of senders.
    package static let standardTimeout = PrometheusDuration(microseconds: 15_000_000)

    /// The longest timeout that is taken, below the lease of a delivery.
    package static let longestTimeout = PrometheusDuration(microseconds: 30_000_000)

    /// The settings of a webhook.
    package init(
        address: AddressSource, signingSecret: SecretSource? = nil, audience: Audience = Audience(),
        timeout: PrometheusDuration = Self.standardTimeout, http: HTTPOptions = .plain,
        format: WebhookFormat = .alertmanager
    ) {
        self.address = address
        self.signingSecret = signingSecret
        self.audience = audience
        self.timeout = timeout
        self.http = http
        self.format = format
    }
}

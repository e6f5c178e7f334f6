package import Monitoring

/// The settings of an Alertmanager that is told of alerts and does the rest itself.
package struct AlertmanagerSettings: Hashable, Sendable {
    /// Its address, without `/api/v2/alerts`.
    package let address: AddressSource
    /// What is told.
    package let audience: Audience
    /// How long one attempt may take.
    package let timeout: PrometheusDuration
    /// How it is spoken to.
    package let http: HTTPOptions
    /// How long it holds an alert that it hears nothing more of.
    package let expiry: PrometheusDuration

    /// How often it is told again of alerts that fire: Prometheus's `--rules.alert.resend-delay`.
    package static let resendDelay = PrometheusDuration(microseconds: 60_000_000)

    /// The default of ``expiry``: long enough that no restart of ours looks like a resolved alert.
    package static let standardExpiry = PrometheusDuration(microseconds: 3_600_000_000)

    /// The settings of an Alertmanager.
    package init(
        address: AddressSource, audience: Audience = Audience(),
        timeout: PrometheusDuration = WebhookSettings.standardTimeout, http: HTTPOptions = .plain,
        expiry: PrometheusDuration = Self.standardExpiry
    ) {
        self.address = address
        self.audience = audience
        self.timeout = timeout
        self.http = http
        self.expiry = expiry
    }
}

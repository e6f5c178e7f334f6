package import Monitoring

/// The settings of a channel of a messenger.
package struct MessengerSettings: Hashable, Sendable {
    /// Which service.
    package let messenger: Messenger
    /// Whom to call.
    package let address: AddressSource
    /// What is shown to the service; nil where the address is the secret.
    package let secret: SecretSource?
    /// The plain settings by their keys, such as `channel` or `severity`.
    package let options: [String: String]
    /// What is told.
    package let audience: Audience
    /// How long one attempt may take.
    package let timeout: PrometheusDuration
    /// How it is spoken to.
    package let http: HTTPOptions
    /// Texts of one's own instead of ours, by what they are.
    package let texts: MessageTexts

    /// The settings of a channel.
    package init(
        messenger: Messenger, address: AddressSource, secret: SecretSource? = nil, options: [String: String] = [:],
        audience: Audience = Audience(), timeout: PrometheusDuration = WebhookSettings.standardTimeout,
        http: HTTPOptions = .plain, texts: MessageTexts = MessageTexts()
    ) {
        self.messenger = messenger
        self.address = address
        self.secret = secret
        self.options = options
        self.audience = audience
        self.timeout = timeout
        self.http = http
        self.texts = texts
    }
}

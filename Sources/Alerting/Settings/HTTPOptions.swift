/// How a receiver is spoken to over HTTP: the `http_config` of Prometheus and Alertmanager.
package struct HTTPOptions: Hashable, Sendable {
    /// What proves who we are.
    package enum Authorization: Hashable, Sendable {
        /// A name and a password.
        case basic(name: String, password: SecretSource)
        /// A scheme such as `Bearer` and its credentials.
        case scheme(String, SecretSource)
    }

    /// What proves who we are; nil for nothing.
    package let authorization: Authorization?
    /// Further headers with their values.
    package let headers: [Header]
    /// How the server is recognised.
    package let security: OutboundSecurity
    /// The proxy to go through; nil for none.
    package let proxy: WebhookURL?

    /// A header of the settings.
    package struct Header: Hashable, Sendable {
        /// The name.
        package let name: String
        /// The value.
        package let value: SecretSource

        /// A name with its value.
        package init(name: String, value: SecretSource) {
            self.name = name
            self.value = value
        }
    }

    /// Nothing beyond plain requests.
    package static let plain = Self()

    /// The options, each where it differs from plain requests.
    package init(
        authorization: Authorization? = nil, headers: [Header] = [], security: OutboundSecurity = .standard,
        proxy: WebhookURL? = nil
    ) {
        self.authorization = authorization
        self.headers = headers
        self.security = security
        self.proxy = proxy
    }
}

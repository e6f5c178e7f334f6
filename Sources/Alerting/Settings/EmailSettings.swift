package import Monitoring

/// The settings of e-mails to some addresses, under Alertmanager's names.
package struct EmailSettings: Hashable, Sendable {
    /// The mail server, `smarthost`.
    package let server: MailServer
    /// Who we say we are when connecting.
    package let hello: String
    /// Who it comes from.
    package let from: MailAddress
    /// Whom it goes to; at least one.
    package let to: [MailAddress]
    /// The account and where its password is.
    package let account: Account?
    /// How the server is recognised.
    package let security: OutboundSecurity
    /// Further headers of the message.
    package let headers: [Header]
    /// Texts of one's own: the subject and the plain text.
    package let texts: MessageTexts
    /// The HTML part of one's own; nil for ours.
    package let html: Template?
    /// What is told.
    package let audience: Audience
    /// How long one attempt may take.
    package let timeout: PrometheusDuration

    /// An account of a mail server.
    package struct Account: Hashable, Sendable {
        /// The name.
        package let name: String
        /// Where its password is.
        package let password: SecretSource

        /// A name with its password.
        package init(name: String, password: SecretSource) {
            self.name = name
            self.password = password
        }
    }

    /// A header of a message.
    package struct Header: Hashable, Sendable {
        /// The name.
        package let name: String
        /// What it says.
        package let value: Template

        /// A name with what it says.
        package init(name: String, value: Template) {
            self.name = name
            self.value = value
        }
    }

    /// The settings of e-mails.
    package init(
        server: MailServer, hello: String = "localhost", from: MailAddress, to: [MailAddress], account: Account? = nil,
        security: OutboundSecurity = .standard, headers: [Header] = [], texts: MessageTexts = MessageTexts(),
        html: Template? = nil, audience: Audience = Audience(sendsResolved: false),
        timeout: PrometheusDuration = WebhookSettings.longestTimeout
    ) {
        self.server = server
        self.hello = hello
        self.from = from
        self.to = to
        self.account = account
        self.security = security
        self.headers = headers
        self.texts = texts
        self.html = html
        self.audience = audience
        self.timeout = timeout
    }
}

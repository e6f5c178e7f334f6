package import Monitoring

/// An e-mail that leaves for a mail server, as a value.
package struct OutboundMail: Hashable, Sendable {
    /// The mail server.
    package let server: MailServer
    /// Who we say we are when connecting.
    package let hello: String
    /// The account's name and password, where the server asks for them.
    package let credentials: Credentials?
    /// The address in the envelope that failures are returned to.
    package let sender: String
    /// The addresses in the envelope that it goes to; at least one.
    package let recipients: [String]
    /// The whole message, headers included, with CRLF line breaks.
    package let message: [UInt8]
    /// How the server is recognised.
    package let security: OutboundSecurity
    /// How long the whole exchange may take.
    package let timeout: PrometheusDuration

    /// Name and password of an account.
    package struct Credentials: Hashable, Sendable {
        /// The account.
        package let name: String
        /// Its password.
        package let password: Secret

        /// A name with its password.
        package init(name: String, password: Secret) {
            self.name = name
            self.password = password
        }
    }

    /// An e-mail with all its parts.
    package init(
        server: MailServer, hello: String, credentials: Credentials?, sender: String, recipients: [String],
        message: [UInt8], security: OutboundSecurity = .standard, timeout: PrometheusDuration
    ) {
        self.server = server
        self.hello = hello
        self.credentials = credentials
        self.sender = sender
        self.recipients = recipients
        self.message = message
        self.security = security
        self.timeout = timeout
    }
}

extension OutboundMail: CustomStringConvertible {
    /// Server and size, without addresses and message.
    package var description: String { "mail to \(server.host):\(server.port) (\(message.count) bytes)" }
}

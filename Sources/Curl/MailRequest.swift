/// One e-mail, to be handed to a mail server once (RFC 5321).
package struct MailRequest: Sendable {
    /// How the connection is protected.
    package enum Protection: Sendable {
        /// TLS from the first byte.
        case implicit
        /// STARTTLS, or nothing is sent.
        case upgraded
        /// None.
        case none
    }

    /// The mail server: a host name or an address without brackets.
    package var host: String

    /// The server's port.
    package var port: Int

    /// How the connection is protected.
    package var protection: Protection

    /// Who we say we are.
    package var hello: String

    /// The account; nil sends without logging in.
    package var user: String?

    /// The account's password.
    package var password: String?

    /// The envelope's sender.
    package var sender: String

    /// The envelope's recipients.
    package var recipients: [String]

    /// The whole message with CRLF line breaks; lines that begin with a dot get another one on the way.
    package var message: [UInt8]

    /// How long everything together may take.
    package var timeout: Duration

    /// How the server is recognised.
    package var security: HTTPRequest.Security

    /// A mail with all its parts.
    package init(
        host: String, port: Int, protection: Protection, hello: String = "localhost", user: String? = nil,
        password: String? = nil, sender: String, recipients: [String], message: [UInt8],
        timeout: Duration = .seconds(30), security: HTTPRequest.Security = HTTPRequest.Security()
    ) {
        self.host = host
        self.port = port
        self.protection = protection
        self.hello = hello
        self.user = user
        self.password = password
        self.sender = sender
        self.recipients = recipients
        self.message = message
        self.timeout = timeout
        self.security = security
    }

    /// What libcurl calls: the scheme says how the connection begins, the path who we are.
    var url: String {
        let name = host.utf8.contains(UInt8(ascii: ":")) ? "[\(host)]" : host
        return "\(protection == .implicit ? "smtps" : "smtp")://\(name):\(port)/\(hello)"
    }

    /// Refuses what would break out of its place in the conversation.
    func check() throws(TransportError) {
        let names = [host, hello]
        let isNamed = names.allSatisfy { name in
            !name.isEmpty && name.utf8.allSatisfy { (0x21...0x7E).contains($0) && !"/?#@\\%[]<>".utf8.contains($0) }
        }
        guard isNamed, (1...65_535).contains(port) else {
            throw TransportError(.badURL, host: "", detail: "a mail server needs a host and a port")
        }
        let isAddressed =
            !recipients.isEmpty
            && (recipients + [sender]).allSatisfy { address in
                address.utf8.contains(UInt8(ascii: "@"))
                    && address.utf8.allSatisfy { (0x21...0x7E).contains($0) && !"<>".utf8.contains($0) }
            }
        let secrets = [user, password].compactMap(\.self)
        guard isAddressed, secrets.allSatisfy({ $0.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F } }) else {
            throw TransportError(
                .badRequest, host: host, detail: "an address or a password has a character that cannot be sent")
        }
        try security.check(host: host)
    }
}

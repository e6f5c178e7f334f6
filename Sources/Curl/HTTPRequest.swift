/// One HTTP request, to be sent once.
package struct HTTPRequest: Sendable {
    /// The method, such as `POST`.
    package var method: String

    /// An absolute `http` or `https` URL.
    package var url: String

    /// Headers in order. `Host` and `Content-Length` come by themselves.
    package var headers: [Header]

    /// The body; empty for none.
    package var body: [UInt8]

    /// How long resolving, connecting and the TLS handshake may take.
    package var connectTimeout: Duration

    /// How long everything together may take.
    package var timeout: Duration

    /// How many bytes of the answer's body are kept; reading stops there.
    package var bodyLimit: Int

    /// How the server is recognised and how we identify ourselves to it.
    package var security: Security

    /// The `http` or `https` URL of a proxy to go through; its address is judged in place of the server's.
    package var proxy: String?

    /// A request with the timeouts of webhooks: 5 s to connect, 15 s in all.
    package init(
        method: String = "POST", url: String, headers: [Header] = [], body: [UInt8] = [],
        connectTimeout: Duration = .seconds(5), timeout: Duration = .seconds(15), bodyLimit: Int = 65_536,
        security: Security = Security(), proxy: String? = nil
    ) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
        self.connectTimeout = connectTimeout
        self.timeout = timeout
        self.bodyLimit = bodyLimit
        self.security = security
        self.proxy = proxy
    }

    /// A header field.
    package struct Header: Hashable, Sendable {
        /// The name; case does not matter.
        package let name: String

        /// The value.
        package let value: String

        /// A name with its value.
        package init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    /// TLS settings; all files are PEM.
    package struct Security: Hashable, Sendable {
        /// Certificates of authorities to trust instead of the system's.
        package var authorities: String?

        /// Our own certificate.
        package var certificate: String?

        /// The key of our certificate.
        package var key: String?

        /// The name that the server's certificate must have, where it is not the host.
        package var serverName: String?

        /// Whether the server's certificate and name are checked.
        package var verifies: Bool

        /// The system's authorities, no certificate of ours, checks on.
        package init(
            authorities: String? = nil, certificate: String? = nil, key: String? = nil, serverName: String? = nil,
            verifies: Bool = true
        ) {
            self.authorities = authorities
            self.certificate = certificate
            self.key = key
            self.serverName = serverName
            self.verifies = verifies
        }
    }
}

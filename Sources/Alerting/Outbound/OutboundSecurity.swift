/// How a server is recognised and how we identify ourselves to it; all files are PEM.
package struct OutboundSecurity: Hashable, Sendable {
    /// Certificates of authorities to trust instead of the system's.
    package let authorities: String?
    /// Our own certificate.
    package let certificate: String?
    /// The key of our certificate.
    package let key: String?
    /// The name that the server's certificate must have, where it is not the host of the address.
    package let serverName: String?

    /// The system's authorities, no certificate of ours, the host's name.
    package static let standard = Self()

    /// The files and the name, each where it differs from the standard.
    package init(
        authorities: String? = nil, certificate: String? = nil, key: String? = nil, serverName: String? = nil
    ) {
        self.authorities = authorities
        self.certificate = certificate
        self.key = key
        self.serverName = serverName
    }
}

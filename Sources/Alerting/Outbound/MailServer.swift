internal import Addresses

/// A mail server and how the way to it is protected.
package struct MailServer: Hashable, Sendable {
    /// The host in lower case: a name, four decimal numbers, or an IPv6 address without its brackets.
    package let host: String
    /// The port.
    package let port: Int
    /// How the connection is protected.
    package let protection: Protection

    /// How a connection to a mail server is protected.
    package enum Protection: String, Hashable, Sendable {
        /// TLS from the first byte, as on port 465.
        case implicit
        /// STARTTLS, or nothing is sent.
        case upgraded
        /// None.
        case none
    }

    /// A server of a host and a port.
    package init(host: String, port: Int, protection: Protection) {
        self.host = host
        self.port = port
        self.protection = protection
    }

    /// Reads `HOST:PORT`, as Alertmanager's `smarthost` is written, or returns nil.
    package init?(smarthost text: String, requiresTLS: Bool, isImplicit: Bool?) {
        guard let colon = text.lastIndex(of: ":") else { return nil }
        let digits = text[text.index(after: colon)...]
        var host = text[..<colon].lowercased()
        if host.first == "[", host.last == "]" {
            host = String(host.dropFirst().dropLast())
            guard host.utf8.contains(UInt8(ascii: ":")), IPAddress(host) != nil else { return nil }
        } else {
            if host.hasSuffix(".") { host.removeLast() }
            guard HostName.isValid(host), !HostName.looksNumeric(host) || IPAddress(host) != nil else { return nil }
        }
        guard (1...5).contains(digits.utf8.count), digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
            let port = Int(digits), (1...65_535).contains(port)
        else { return nil }
        let implicit = isImplicit ?? (port == 465)
        self.init(host: host, port: port, protection: implicit ? .implicit : requiresTLS ? .upgraded : .none)
    }
}

/// Which addresses requests may go to: public ones, and what is explicitly allowed.
///
/// It is asked about the addresses that a name resolved to, right before a connection is made, so that neither another
/// spelling nor a name that changes its mind gets around it.
package struct AddressPolicy: Hashable, Sendable {
    private let ranges: [AddressRange]
    private let hosts: Set<String>

    /// Public addresses only.
    package static let publicOnly = Self(ranges: [], hosts: [])

    /// Public addresses, those in these ranges, and any address of these hosts.
    package init(ranges: [AddressRange], hosts: [String]) {
        self.ranges = ranges
        self.hosts = Set(hosts.map(Self.normal))
    }

    /// Also what the entries name, each an address, a range such as `10.0.0.0/8`, or an exact host name.
    package init(allowing entries: [String]) throws(AddressPolicyError) {
        var ranges: [AddressRange] = []
        var hosts: [String] = []
        var mistakes: [String] = []
        for entry in entries {
            if let range = AddressRange(entry) {
                ranges.append(range)
            } else if HostName.isValid(Self.normal(entry)), !HostName.looksNumeric(Self.normal(entry)) {
                hosts.append(entry)
            } else {
                mistakes.append(entry)
            }
        }
        if !mistakes.isEmpty { throw AddressPolicyError(entries: mistakes) }
        self.init(ranges: ranges, hosts: hosts)
    }

    /// Whether a request to a host may connect to an address.
    package func allows(_ address: IPAddress, host: String) -> Bool {
        if hosts.contains(Self.normal(host)) { return true }
        if ranges.contains(where: { $0.contains(address) }) { return true }
        return !Self.refused.contains { $0.contains(address) }
    }

    /// Whether a host can be refused already as it is written, because it is an address that is not allowed.
    package func refusesLiteral(host: String) -> Bool {
        guard let address = IPAddress(host) else { return false }
        return !allows(address, host: host)
    }

    /// What is not the public internet: the special-purpose registries of IANA, and every form that embeds an IPv4
    /// address.
    private static let refused: [AddressRange] = [
        // This network, private, shared, loopback, link-local (with the metadata services of the clouds).
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.168.0.0/16",
        // Protocol assignments, documentation, 6to4 relays, benchmarks.
        "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24",
        // Multicast, reserved, broadcast.
        "224.0.0.0/4", "240.0.0.0/4",
        // Unspecified, loopback and IPv4-compatible; the mapped form never gets here as IPv6.
        "::/96",
        // NAT64, discard, Teredo and other protocol assignments, documentation, 6to4, segment routing.
        "64:ff9b::/96", "64:ff9b:1::/48", "100::/64", "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20",
        "5f00::/16",
        // Unique local, link-local, site-local, multicast.
        "fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8",
    ].compactMap { AddressRange($0) }

    /// Lower case and without the dot of the root, as names are compared.
    private static func normal(_ host: String) -> String {
        let lower = host.lowercased()
        return lower.hasSuffix(".") ? String(lower.dropLast()) : lower
    }
}

internal import Addresses

extension WebhookURL {
    /// The longest address that is taken, in bytes.
    package static let longest = 2048

    /// Reads an absolute `http` or `https` address strictly.
    ///
    /// Refused are credentials, fragments, white space, backslashes, characters outside of ASCII, numeric hosts in other
    /// spellings than four decimal numbers, and ports of services that are not webhooks.
    package init(_ text: String) throws(WebhookURLError) {
        guard text.utf8.count <= Self.longest else { throw .syntax("is longer than \(Self.longest) bytes") }
        guard !text.utf8.contains(where: { Self.isForbidden($0) }) else {
            throw .syntax(
                "has a character that does not belong into an address; percent-encode it, and write names in other "
                    + "scripts in their xn-- form")
        }
        guard let separator = text.firstRange(of: "://") else {
            throw .scheme("has no scheme; write https://HOST/PATH")
        }
        let scheme = text[..<separator.lowerBound].lowercased()
        guard scheme == "http" || scheme == "https" else {
            throw .scheme("has a scheme that is not http or https")
        }
        let rest = text[separator.upperBound...]
        guard !rest.utf8.contains(UInt8(ascii: "#")) else { throw .syntax("has a fragment (#...); leave it out") }
        let end = rest.firstIndex { $0 == "/" || $0 == "?" } ?? rest.endIndex
        let (host, port) = try Self.authority(rest[..<end])
        let target = rest[end...]
        guard Self.hasWholeEscapes(target) else { throw .syntax("has a % without two hexadecimal digits after it") }
        self.init(scheme: scheme, host: host, port: port, target: target.first == "/" ? String(target) : "/\(target)")
    }

    /// Whether a byte may not occur anywhere in an address (RFC 3986), in particular controls, spaces and backslashes.
    private static func isForbidden(_ byte: UInt8) -> Bool {
        switch byte {
        case 0...0x20, 0x7F...0xFF: true
        case UInt8(ascii: "\\"), UInt8(ascii: "\""), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "^"): true
        case UInt8(ascii: "`"), UInt8(ascii: "{"), UInt8(ascii: "|"), UInt8(ascii: "}"): true
        default: false
        }
    }

    private static func authority(_ text: Substring) throws(WebhookURLError) -> (host: String, port: Int?) {
        guard !text.utf8.contains(UInt8(ascii: "@")) else {
            throw .syntax("has credentials before an @; use signing_secret instead")
        }
        guard text.first != "[" || text.contains("]") else {
            throw .syntax("has an IPv6 address without its last bracket")
        }
        var host = text
        var port: Int?
        if let colon = text.lastIndex(of: ":"), !text[colon...].contains("]") {
            host = text[..<colon]
            port = try self.port(text[text.index(after: colon)...])
        }
        if host.first == "[", host.last == "]" {
            let address = host.dropFirst().dropLast()
            guard address.utf8.contains(UInt8(ascii: ":")), IPAddress(address) != nil else {
                throw .syntax("has no IPv6 address in its brackets")
            }
            return (address.lowercased(), port)
        }
        return (try name(host), port)
    }

    private static func port(_ text: Substring) throws(WebhookURLError) -> Int {
        guard (1...5).contains(text.utf8.count), text.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
            let port = Int(text), (1...65_535).contains(port)
        else { throw .port("has a port that is not in 1...65535") }
        guard !RefusedPorts.all.contains(port) else {
            throw .port("has port \(port), which belongs to a service that takes no webhooks")
        }
        return port
    }

    private static func name(_ text: Substring) throws(WebhookURLError) -> String {
        var name = text.lowercased()
        if name.utf8.last == UInt8(ascii: ".") { name.removeLast() }
        guard HostName.isValid(name) else { throw .syntax("has no valid host name") }
        guard !HostName.looksNumeric(name) || IPAddress(name) != nil else {
            throw .syntax("has a numeric host; write the address as four decimal numbers, such as 10.0.0.1")
        }
        return name
    }

    private static func hasWholeEscapes(_ target: Substring) -> Bool {
        var rest = target.utf8[...]
        while let percent = rest.firstIndex(of: UInt8(ascii: "%")) {
            let digits = rest[percent...].dropFirst().prefix(2)
            guard digits.count == 2, digits.allSatisfy({ HostName.isHexadecimal($0) }) else { return false }
            rest = rest[digits.endIndex...]
        }
        return true
    }
}

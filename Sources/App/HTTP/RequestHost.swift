import HTTPTypes
import Hummingbird

/// Whom a request was addressed to: the name and port of its `Host` header.
struct RequestHost: Hashable {
    /// In lower case; an address of IPv6 in its brackets.
    let name: String
    let port: String

    /// Reads `name[:port]`; nil for an empty one.
    init?(_ authority: String) {
        let text = authority.lowercased()
        let end =
            text.hasPrefix("[") ? text.firstIndex(of: "]").map { text.index(after: $0) } : text.firstIndex(of: ":")
        name = String(text[..<(end ?? text.endIndex)])
        port = String(text[(end ?? text.endIndex)...].dropFirst())
        guard !name.isEmpty else { return nil }
    }

    /// Reads the authority of an absolute address, such as that of an `Origin` header.
    init?(url: String) {
        guard let start = url.firstRange(of: "://") else { return nil }
        let isSecure = url[..<start.lowerBound].lowercased() == "https"
        let rest = url[start.upperBound...]
        guard let host = RequestHost(String(rest.prefix { $0 != "/" && $0 != "?" && $0 != "#" })) else { return nil }
        name = host.name
        port = host.port == (isSecure ? "443" : "80") ? "" : host.port
    }

    /// Whether nobody else can make this name lead to us: an address, a name without dots, or one of our own.
    func isOurs(_ own: Set<String>) -> Bool {
        name.hasPrefix("[") || !name.contains(".") || name.hasSuffix(".localhost") || own.contains(name)
            || name.utf8.allSatisfy { $0 == UInt8(ascii: ".") || (0x30...0x39).contains($0) }
    }
}

extension Request {
    /// Whether a page of another site made a browser send a request that may change something.
    ///
    /// Browsers tell where a request comes from, and pages cannot alter that. Other programs say nothing, and are let through.
    var isFromOtherSite: Bool {
        guard ![.get, .head, .options].contains(method) else { return false }
        if let site = Self.fetchSite.flatMap({ headers[$0] }) { return site != "same-origin" && site != "none" }
        guard let origin = headers[.origin] else { return false }
        guard let sender = RequestHost(url: origin), let host = head.authority.flatMap({ RequestHost($0) }) else {
            return true
        }
        // The port of a default scheme is left out by either side.
        let ports = [sender.port, host.port].map { $0 == "80" || $0 == "443" ? "" : $0 }
        return sender.name != host.name || ports[0] != ports[1]
    }

    private static let fetchSite = HTTPField.Name("sec-fetch-site")
}

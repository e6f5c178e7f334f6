package import Addresses
internal import CCurl

/// A URL that we are ready to call, read by the parser that will call it.
package struct HTTPURL: Hashable, Sendable {
    /// The URL as it was written.
    package let text: String

    /// The host in lower case, without brackets and without a dot at its end.
    package let host: String

    /// The port, also where the scheme implies it.
    package let port: Int

    /// The address that the host is, where it is not a name: also for spellings such as `0x7f.1`.
    package let address: IPAddress?

    /// Reads an `http` or `https` URL without user, fragment, spaces, backslashes and characters beyond ASCII.
    ///
    /// - Throws: ``TransportError`` of kind `badURL`, with what to change.
    package init(_ text: String) throws(TransportError) {
        try Self.checkBytes(text)
        let parts = try Self.parts(of: text)
        guard parts.scheme == "http" || parts.scheme == "https" else {
            throw TransportError(.badURL, host: parts.host, detail: "only http and https URLs are called")
        }
        guard let port = Int(parts.port), (1...65_535).contains(port), !RefusedPorts.all.contains(port) else {
            throw TransportError(.badURL, host: parts.host, detail: "this port is not one for HTTP")
        }
        var host = parts.host.lowercased()
        if host.hasPrefix("["), host.hasSuffix("]") { host = String(host.dropFirst().dropLast()) }
        if host.hasSuffix(".") { host = String(host.dropLast()) }
        self.text = text
        self.host = host
        self.port = port
        address = IPAddress(host)
    }

    /// The URL with another host, for servers whose certificate has another name than their address.
    func text(withHost host: String) -> String {
        let scheme = text.prefix { $0 != ":" }
        let target = text.dropFirst(scheme.count + 3).drop { $0 != "/" && $0 != "?" }
        return "\(scheme)://\(host):\(port)\(target.first == "?" ? "/" : "")\(target)"
    }

    /// Host and port as they were written, for the header `Host`.
    var authority: String {
        let rest = text.dropFirst(text.prefix { $0 != ":" }.count + 3)
        return String(rest.prefix { $0 != "/" && $0 != "?" })
    }

    private static let longest = 4096

    private static func checkBytes(_ text: String) throws(TransportError) {
        let isPlain = text.utf8.allSatisfy { (0x21...0x7E).contains($0) && $0 != 0x5C && $0 != 0x23 }
        guard isPlain, !text.isEmpty, text.utf8.count <= longest else {
            throw TransportError(
                .badURL, host: "",
                detail: "the URL must be at most \(longest) printable ASCII bytes without backslash, space and fragment"
            )
        }
        // libcurl takes one or three slashes for two, and so a part of the path for a host that was left out.
        let afterScheme = text.utf8.drop { $0 != UInt8(ascii: ":") }
        guard afterScheme.starts(with: "://".utf8), afterScheme.dropFirst(3).first != UInt8(ascii: "/") else {
            throw TransportError(.badURL, host: "", detail: "not an absolute URL with two slashes and a host")
        }
    }

    private static func parts(
        of text: String
    ) throws(TransportError) -> (scheme: String, host: String, port: String) {
        guard let handle = unsafe curl_url() else {
            throw TransportError(.resources, host: "", detail: "no memory")
        }
        defer { unsafe curl_url_cleanup(handle) }
        let flags = UInt32(CURLU_NON_SUPPORT_SCHEME | CURLU_DISALLOW_USER)
        guard unsafe curl_url_set(handle, CURLUPART_URL, text, flags) == CURLUE_OK else {
            throw TransportError(.badURL, host: "", detail: "not an absolute URL without user name and password")
        }
        func part(_ part: CURLUPart, _ flags: Int32 = 0) -> String? {
            var found: UnsafeMutablePointer<CChar>?
            guard unsafe curl_url_get(handle, part, &found, UInt32(flags)) == CURLUE_OK, let found = unsafe found else {
                return nil
            }
            defer { unsafe curl_free(found) }
            return unsafe String(cString: found)
        }
        guard let scheme = part(CURLUPART_SCHEME), let host = part(CURLUPART_HOST), !host.isEmpty else {
            throw TransportError(.badURL, host: "", detail: "not an absolute URL with a host")
        }
        if part(CURLUPART_ZONEID) != nil {
            throw TransportError(.badURL, host: host, detail: "an address with a zone cannot be called")
        }
        return (scheme, host, part(CURLUPART_PORT, CURLU_DEFAULT_PORT) ?? "")
    }
}

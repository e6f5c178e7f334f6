/// What libcurl wants to be told.
extension HTTPRequest {
    /// Refuses what would break out of its place in the head of the request.
    func check(host: String) throws(TransportError) {
        guard Self.isToken(method), method.utf8.count <= 32 else {
            throw TransportError(.badRequest, host: host, detail: "the method is not one word of HTTP")
        }
        for header in headers {
            guard Self.isToken(header.name), Self.isFieldValue(header.value) else {
                throw TransportError(
                    .badRequest, host: host, detail: "a header has a character that HTTP does not allow")
            }
        }
        try security.check(host: host)
    }

    /// The header lines in libcurl's notation, with those taken out that it would add by itself.
    var headerLines: [String] {
        // A semicolon stands for an empty value, which after a colon would take the header out.
        var lines = headers.map { $0.value.isEmpty ? "\($0.name);" : "\($0.name): \($0.value)" }
        let names = Set(headers.map { $0.name.lowercased() })
        for unwanted in ["Accept", "Content-Type", "Expect"] where !names.contains(unwanted.lowercased()) {
            lines.append("\(unwanted):")
        }
        return lines
    }

    /// A token of RFC 9110, section 5.6.2.
    private static func isToken(_ text: String) -> Bool {
        !text.isEmpty
            && text.utf8.allSatisfy { byte in
                switch byte {
                case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
                default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
                }
            }
    }

    /// No control character but the tab, as RFC 9110, section 5.5, asks.
    private static func isFieldValue(_ text: String) -> Bool {
        text.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F || $0 == 0x09 }
    }
}

extension Duration {
    /// Whole milliseconds, at least 1, because 0 would mean no limit.
    var milliseconds: Int {
        let (seconds, attoseconds) = components
        guard seconds < 1_000_000 else { return 1_000_000_000 }
        return max(1, Int(seconds) * 1000 + Int(attoseconds / 1_000_000_000_000_000))
    }
}

extension HTTPRequest.Security {
    /// Refuses what libcurl would read only the beginning of.
    func check(host: String) throws(TransportError) {
        let texts = [authorities, certificate, key, serverName]
        guard texts.allSatisfy({ $0?.utf8.contains(0) != true }) else {
            throw TransportError(.badRequest, host: host, detail: "a file name holds a zero byte")
        }
    }
}

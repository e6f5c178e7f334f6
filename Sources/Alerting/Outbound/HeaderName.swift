/// Which headers the settings may add to a request.
enum HeaderName {
    /// What is wrong with the name of a header, as a sentence without a full stop; nil where nothing is.
    static func mistake(in name: String) -> String? {
        guard isToken(name) else { return "the name of a header is one word of letters, digits and hyphens" }
        let lower = name.lowercased()
        guard !own.contains(lower), !lower.hasPrefix("webhook-"), !lower.hasPrefix("ce-") else {
            return "the header \(name) cannot be set: Driftline or HTTP itself gives it a value"
        }
        return nil
    }

    /// Whether a text is a token of RFC 9110, section 5.6.2.
    static func isToken(_ text: String) -> Bool {
        (1...128).contains(text.utf8.count)
            && text.utf8.allSatisfy { byte in
                switch byte {
                case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
                default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
                }
            }
    }

    private static let own: Set<String> = [
        "authorization", "connection", "content-encoding", "content-length", "content-type", "expect", "host",
        "keep-alive", "proxy-authorization", "proxy-connection", "te", "trailer", "transfer-encoding", "upgrade",
        "user-agent",
    ]
}

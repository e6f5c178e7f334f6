internal import Query

/// The `http_config` of a channel in an Alertmanager configuration.
struct HTTPOptionsExport {
    private let isMasked: Bool
    private(set) var lines: [String] = []
    /// What Alertmanager 0.25 cannot do.
    private(set) var omissions: [String] = []

    /// The lines of options, indented as members of a channel; none for plain requests.
    init(_ options: HTTPOptions, isMasked: Bool) {
        self.isMasked = isMasked
        if !options.headers.isEmpty { omissions.append("http_headers") }
        switch options.authorization {
        case nil: break
        case .basic(let name, let password):
            write("  basic_auth:")
            write("    username: \(name.quoted)")
            write("    ", "password", password)
        case .scheme(let scheme, let credentials):
            write("  authorization:")
            write("    type: \(scheme.quoted)")
            write("    ", "credentials", credentials)
        }
        lines += Self.security(options.security).map { "      \($0)" }
        if let proxy = options.proxy {
            write(
                "  proxy_url: \((isMasked ? proxy.description.replacing("/...", with: "/masked") : proxy.revealed).quoted)"
            )
        }
        if !lines.isEmpty { lines.insert("    http_config:", at: 0) }
    }

    private mutating func write(_ line: String) { lines.append("    \(line)") }

    private mutating func write(_ indent: String, _ key: String, _ secret: SecretSource) {
        write(indent + SecretExport.line(key, secret, isMasked: isMasked))
    }

    /// The lines of `tls_config`; none for the standard.
    static func security(_ security: OutboundSecurity) -> [String] {
        let members = [
            ("ca_file", security.authorities), ("cert_file", security.certificate), ("key_file", security.key),
            ("server_name", security.serverName),
        ].compactMap { key, value in value.map { "  \(key): \($0.quoted)" } }
        return members.isEmpty ? [] : ["tls_config:"] + members
    }
}

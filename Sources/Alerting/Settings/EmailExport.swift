internal import Query

/// The e-mails of a receiver in an Alertmanager configuration.
struct EmailExport {
    private(set) var lines: [String] = []
    /// What Alertmanager 0.25 cannot do.
    private(set) var omissions: [String] = []

    init(_ channels: [EmailSettings], isMasked: Bool) {
        for channel in channels {
            guard Self.isKnown(channel.server) else {
                omissions.append("an e-mail over TLS on port \(channel.server.port), which needs port 465 there")
                continue
            }
            if lines.isEmpty { lines.append("  email_configs:") }
            write(channel, isMasked: isMasked)
        }
    }

    /// Alertmanager speaks TLS from the first byte on port 465 alone.
    private static func isKnown(_ server: MailServer) -> Bool {
        (server.protection == .implicit) == (server.port == 465)
    }

    private mutating func write(_ channel: EmailSettings, isMasked: Bool) {
        let host = channel.server.host.contains(":") ? "[\(channel.server.host)]" : channel.server.host
        lines.append("  - to: \(channel.to.map(\.written).joined(separator: ", ").quoted)")
        write("from", channel.from.written)
        write("smarthost", "\(host):\(channel.server.port)")
        write("hello", channel.hello)
        lines.append("    require_tls: \(channel.server.protection != .none)")
        lines.append("    send_resolved: \(channel.audience.sendsResolved)")
        if let account = channel.account {
            write("auth_username", account.name)
            lines.append("    " + SecretExport.line("auth_password", account.password, isMasked: isMasked))
        }
        lines += HTTPOptionsExport.security(channel.security).map { "    \($0)" }
        let hasTexts =
            channel.html != nil || channel.texts.text != nil || channel.texts.title != nil || !channel.headers.isEmpty
        if hasTexts { omissions.append("the texts and headers of an e-mail, whose templates know fields of our own") }
    }

    private mutating func write(_ key: String, _ value: String) {
        lines.append("    \(key): \(value.quoted)")
    }
}

extension MailAddress {
    /// The address as it is written in settings.
    fileprivate var written: String { name.isEmpty ? address : "\"\(name)\" <\(address)>" }
}

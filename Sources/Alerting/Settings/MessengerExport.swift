internal import Query

/// The channels of messengers in an Alertmanager configuration; those that Alertmanager 0.25 does not have, as comments.
struct MessengerExport {
    private let isMasked: Bool
    private(set) var lines: [String] = []
    /// What Alertmanager 0.25 cannot do.
    private(set) var omissions: [String] = []

    init(_ receiver: Receiver, isMasked: Bool) {
        self.isMasked = isMasked
        for messenger in Messenger.allCases {
            let channels = receiver.channels.compactMap { channel -> MessengerSettings? in
                guard case .messenger(let settings) = channel, settings.messenger == messenger else { return nil }
                return settings
            }
            guard !channels.isEmpty else { continue }
            guard messenger != .msteams else {
                omissions.append("\(messenger.settingsKey), which needs Alertmanager 0.28")
                continue
            }
            lines.append("  \(messenger.settingsKey):")
            for channel in channels { write(channel) }
        }
    }

    private mutating func write(_ channel: MessengerSettings) {
        let messenger = channel.messenger
        lines.append("  - send_resolved: \(channel.audience.sendsResolved)")
        if let key = messenger.addressKey ?? messenger.standardAddress?.key {
            switch channel.address {
            case .outside(let place): lines.append("    " + SecretExport.line(key, place))
            case .inline:
                if let url = NotificationExport.url(channel.address, isMasked: isMasked) {
                    lines.append("    \(key): \(url.quoted)")
                }
            }
        }
        if let key = messenger.secretKey, let secret = channel.secret {
            lines.append("    " + SecretExport.line(key, secret, isMasked: isMasked))
        }
        for (key, value) in channel.options.sorted(by: { $0.key < $1.key }) {
            // The number of a chat is a number there.
            let isNumber = key == "chat_id" && Int64(value) != nil
            lines.append("    \(key): \(isNumber ? value : value.quoted)")
        }
        let options = HTTPOptionsExport(channel.http, isMasked: isMasked)
        lines += options.lines
        omissions += options.omissions
        if channel.texts != MessageTexts() {
            omissions.append("the texts of \(messenger.settingsKey), whose templates know fields of our own")
        }
    }
}

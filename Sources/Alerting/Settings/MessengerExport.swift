internal import Query

/// The channels of messengers in an Alertmanager configuration; those that Alertmanager 0.25 does not have, as comments.
struct MessengerExport {
    private let isMasked: Bool
    private(set) var lines: [String] = []

    init(_ receiver: Receiver, isMasked: Bool) {
        self.isMasked = isMasked
        for messenger in Messenger.allCases {
            let channels = receiver.channels.compactMap { channel -> MessengerSettings? in
                guard case .messenger(let settings) = channel, settings.messenger == messenger else { return nil }
                return settings
            }
            guard !channels.isEmpty else { continue }
            guard messenger != .msteams else {
                lines.append("  # \(messenger.settingsKey): left out, needs Alertmanager 0.28")
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
            case .outside(let place): write(key, place)
            case .inline:
                if let url = NotificationExport.url(channel.address, isMasked: isMasked) {
                    lines.append("    \(key): \(url.quoted)")
                }
            }
        }
        if let key = messenger.secretKey, let secret = channel.secret {
            switch secret {
            case .outside(let place): write(key, place)
            case .inline(let text): lines.append("    \(key): \((isMasked ? "masked" : text.revealed).quoted)")
            }
        }
        for (key, value) in channel.options.sorted(by: { $0.key < $1.key }) {
            // The number of a chat is a number there.
            let isNumber = key == "chat_id" && Int64(value) != nil
            lines.append("    \(key): \(isNumber ? value : value.quoted)")
        }
    }

    /// Alertmanager reads files as we do, and no variables.
    private mutating func write(_ key: String, _ place: TextPlace) {
        switch place {
        case .file(let path): lines.append("    \(key)_file: \(path.quoted)")
        case .variable(let name): lines.append("    \(key)_file: \("/run/secrets/\(name)".quoted) # was a variable")
        }
    }
}

internal import Addresses
internal import Query
internal import Statistics

extension NotificationSettings {
    /// The settings in a file's text, or every mistake in it with line and column.
    ///
    /// The shape is that of an Alertmanager configuration. What Alertmanager knows and Driftline does not is refused by name, so
    /// that nothing is silently without effect.
    package init(file: String, text: String) throws(RuleFileError) {
        var reader = SettingsReader(file: file, text: text)
        let settings = Self.settings(&reader)
        try reader.yaml.finish()
        guard let settings else { preconditionFailure("settings that cannot be read have a mistake to report") }
        self = settings
    }

    private static func settings(_ reader: inout SettingsReader) -> NotificationSettings? {
        guard let root = reader.yaml.root() else { return nil }
        let found = reader.mapping(
            root, "a notification file",
            keys: [
                "route", "receivers", "outgoing", "inhibit_rules", "time_intervals", "mute_time_intervals",
            ],
            unsupported: [
                "global", "templates", "tracing",
            ])
        guard let values = found else { return nil }
        let receivers = Self.receivers(values["receivers"], &reader)
        let outgoing = values["outgoing"].map { Self.outgoing($0, &reader) } ?? .publicOnly
        let inhibition = values["inhibit_rules"].map { InhibitRuleReader.rules($0, &reader) } ?? []
        var intervals: [MuteTimes.Named] = []
        for key in ["time_intervals", "mute_time_intervals"] {
            if let node = values[key] { intervals += TimeIntervalReader.named(node, &reader, key) }
        }
        let route = reader.required("route", in: values, of: root, "a notification file").flatMap {
            RouteReader.root($0, &reader, receivers: receivers?.map(\.name), intervals: intervals)
        }
        guard let receivers, let route else { return nil }
        return NotificationSettings(
            route: route, receivers: receivers, outgoing: outgoing, inhibition: inhibition)
    }

    private static func receivers(_ node: YAMLNode?, _ reader: inout SettingsReader) -> [Receiver]? {
        guard let node else { return [] }
        guard let nodes = reader.yaml.sequence(node, "receivers") else { return nil }
        var receivers: [Receiver] = []
        var isWhole = true
        for node in nodes {
            guard let receiver = Self.receiver(node, &reader, after: receivers) else {
                isWhole = false
                continue
            }
            receivers.append(receiver)
        }
        return isWhole ? receivers : nil
    }

    private static func receiver(
        _ node: YAMLNode, _ reader: inout SettingsReader, after others: [Receiver]
    ) -> Receiver? {
        let found = reader.mapping(
            node, "a receiver",
            keys: ["name", "webhook_configs", "email_configs", "alertmanager_configs"]
                + Messenger.allCases.map(\.settingsKey),
            unsupported: foreignChannels)
        guard let values = found else { return nil }
        let nameNode = reader.required("name", in: values, of: node, "a receiver")
        let name = nameNode.flatMap { reader.name($0, "a receiver's name") }
        if let name, let nameNode, others.contains(where: { ByteText($0.name) == ByteText(name) }) {
            reader.yaml.report("there are two receivers of the name \(name.quoted)", at: nameNode.position)
            return nil
        }
        let webhooks = values["webhook_configs"].flatMap { reader.yaml.sequence($0, "webhook_configs") } ?? []
        var channels = webhooks.compactMap { reader.webhook($0, for: .channel).map(ChannelSettings.webhook) }
        for messenger in Messenger.allCases {
            guard let node = values[messenger.settingsKey] else { continue }
            for entry in reader.yaml.sequence(node, messenger.settingsKey) ?? [] {
                if let settings = reader.messenger(entry, messenger) { channels.append(.messenger(settings)) }
            }
        }
        for entry in values["email_configs"].flatMap({ reader.yaml.sequence($0, "email_configs") }) ?? [] {
            if let settings = reader.email(entry) { channels.append(.email(settings)) }
        }
        for entry in values["alertmanager_configs"].flatMap({ reader.yaml.sequence($0, "alertmanager_configs") }) ?? []
        {
            if let settings = reader.alertmanager(entry) { channels.append(.alertmanager(settings)) }
        }
        return name.map { Receiver(name: $0, channels: channels) }
    }

    /// Alertmanager's other channels.
    private static let foreignChannels = [
        "incidentio_configs", "jira_configs", "mattermost_configs", "msteams_configs",
        "pushover_configs", "rocketchat_configs", "sns_configs", "victorops_configs", "webex_configs", "wechat_configs",
    ]

    private static func outgoing(_ node: YAMLNode, _ reader: inout SettingsReader) -> AddressPolicy {
        let values = reader.mapping(node, "outgoing", keys: ["allow_addresses", "allow_hosts"]) ?? [:]
        var ranges: [AddressRange] = []
        var hosts: [String] = []
        for member in values["allow_addresses"].flatMap({ reader.yaml.sequence($0, "allow_addresses") }) ?? [] {
            guard let text = reader.yaml.text(member, "a member of allow_addresses") else { continue }
            guard let range = AddressRange(text) else {
                reader.yaml.report(
                    "a member of allow_addresses must be a block of addresses such as 10.0.0.0/8 or fd00::/8",
                    at: member.position)
                continue
            }
            ranges.append(range)
        }
        for member in values["allow_hosts"].flatMap({ reader.yaml.sequence($0, "allow_hosts") }) ?? [] {
            guard let host = reader.yaml.text(member, "a member of allow_hosts")?.lowercased() else { continue }
            guard HostName.isValid(host), !HostName.looksNumeric(host) else {
                reader.yaml.report(
                    "a member of allow_hosts must be one exact host name, without wildcard, scheme and port; "
                        + "addresses belong into allow_addresses", at: member.position)
                continue
            }
            hosts.append(host)
        }
        return AddressPolicy(ranges: ranges, hosts: hosts)
    }
}

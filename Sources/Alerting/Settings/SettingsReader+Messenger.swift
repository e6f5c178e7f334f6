internal import Monitoring
internal import Query

extension SettingsReader {
    /// The settings of a messenger's channel.
    mutating func messenger(_ node: YAMLNode, _ messenger: Messenger) -> MessengerSettings? {
        let what = "a \(messenger.settingsKey) entry"
        var keys = ["send_resolved", "max_alerts", "timeout", "http_config", "title", "text"]
        keys += messenger.options.map(\.key)
        for key in [messenger.addressKey, messenger.secretKey].compactMap(\.self) { keys += Self.sourceKeys(key) }
        if let standard = messenger.standardAddress { keys.append(standard.key) }
        guard let values = mapping(node, what, keys: keys, unsupported: ["message"]) else { return nil }
        let mistakes = yaml.diagnostics.count
        let address = messengerAddress(values, of: node, messenger, what)
        let secret = messenger.secretKey.flatMap { self.secret($0, values, of: node, what) }
        let audience = audience(values, sendsResolved: messenger.sendsResolved)
        let timeout = timeout(values, standard: WebhookSettings.standardTimeout)
        let http = http(values["http_config"])
        if messenger.authorizes, http.authorization != nil {
            yaml.report("\(what) is authorized by its key; leave authorization out of http_config", at: node.position)
        }
        let texts = MessageTexts(title: template("title", values), text: template("text", values))
        var options: [String: String] = [:]
        for (key, isNeeded) in messenger.options {
            if let node = values[key] {
                options[key] = name(node, key)
            } else if isNeeded {
                yaml.report("\(what) needs the key \(key)", at: node.position)
            }
        }
        guard let address, yaml.diagnostics.count == mistakes else { return nil }
        return MessengerSettings(
            messenger: messenger, address: address, secret: secret, options: options, audience: audience,
            timeout: timeout, http: http, texts: texts)
    }

    private mutating func messengerAddress(
        _ values: [String: YAMLNode], of node: YAMLNode, _ messenger: Messenger, _ what: String
    ) -> AddressSource? {
        guard let standard = messenger.standardAddress else {
            return address(messenger.addressKey ?? "url", values, of: node, what)
        }
        guard let written = values[standard.key] else { return inline(standard.url, standard.key, at: node.position) }
        return yaml.text(written, standard.key).flatMap { inline($0, standard.key, at: written.position) }
    }

    /// The settings of an Alertmanager to push to.
    mutating func alertmanager(_ node: YAMLNode) -> AlertmanagerSettings? {
        let what = "an alertmanager_configs entry"
        let keys = Self.sourceKeys("url") + ["send_resolved", "timeout", "http_config", "resolve_timeout"]
        guard let values = mapping(node, what, keys: keys) else { return nil }
        let mistakes = yaml.diagnostics.count
        let address = address("url", values, of: node, what)
        let audience = audience(values, sendsResolved: true)
        let timeout = timeout(values, standard: WebhookSettings.standardTimeout)
        let http = http(values["http_config"])
        let expiry =
            values["resolve_timeout"].flatMap {
                duration($0, "resolve_timeout", least: AlertmanagerSettings.resendDelay * 4)
            } ?? AlertmanagerSettings.standardExpiry
        guard let address, yaml.diagnostics.count == mistakes else { return nil }
        return AlertmanagerSettings(address: address, audience: audience, timeout: timeout, http: http, expiry: expiry)
    }
}

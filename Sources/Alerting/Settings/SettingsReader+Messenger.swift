internal import Monitoring
internal import Query

extension SettingsReader {
    /// The settings of a messenger's channel.
    mutating func messenger(_ node: YAMLNode, _ messenger: Messenger) -> MessengerSettings? {
        let what = "a \(messenger.settingsKey) entry"
        var keys = ["send_resolved", "max_alerts", "timeout"] + messenger.options.map(\.key)
        for key in [messenger.addressKey, messenger.secretKey].compactMap(\.self) { keys += [key, key + "_file"] }
        if let standard = messenger.standardAddress { keys.append(standard.key) }
        guard let values = mapping(node, what, keys: keys, unsupported: ["http_config", "title", "text", "message"])
        else { return nil }
        let mistakes = yaml.diagnostics.count
        let address = messengerAddress(values, of: node, messenger, what)
        let secret = messenger.secretKey.flatMap { self.secret($0, values, of: node, what) }
        let sendsResolved =
            values["send_resolved"].flatMap { yaml.boolean($0, "send_resolved") } ?? messenger.sendsResolved
        let mostAlerts = values["max_alerts"].flatMap { yaml.integer($0, "max_alerts", in: 0...100_000) } ?? 0
        let timeout =
            values["timeout"].flatMap {
                duration(
                    $0, "timeout", least: PrometheusDuration(microseconds: 100_000),
                    most: WebhookSettings.longestTimeout)
            } ?? WebhookSettings.standardTimeout
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
            messenger: messenger, address: address, secret: secret, options: options,
            audience: Audience(sendsResolved: sendsResolved, mostAlerts: mostAlerts), timeout: timeout)
    }

    private mutating func messengerAddress(
        _ values: [String: YAMLNode], of node: YAMLNode, _ messenger: Messenger, _ what: String
    ) -> AddressSource? {
        if let standard = messenger.standardAddress {
            guard let written = values[standard.key] else { return inline(standard.url, at: node.position) }
            return yaml.text(written, standard.key).flatMap { inline($0, at: written.position) }
        }
        let key = messenger.addressKey ?? "url"
        switch (values[key], values[key + "_file"]) {
        case (nil, nil): yaml.report("\(what) needs \(key) or \(key)_file", at: node.position)
        case (.some, .some(let file)):
            yaml.report("\(key) and \(key)_file exclude each other; write one", at: file.position)
        case (nil, .some(let file)): return name(file, key + "_file").map { .file($0) }
        case (.some(let url), nil): return yaml.text(url, key).flatMap { inline($0, at: url.position) }
        }
        return nil
    }

    private mutating func inline(_ text: String, at position: SourcePosition) -> AddressSource? {
        do {
            return .inline(try WebhookURL(text))
        } catch {
            yaml.report("the address \(error.reason)", at: position)
            return nil
        }
    }

    private mutating func secret(
        _ key: String, _ values: [String: YAMLNode], of node: YAMLNode, _ what: String
    ) -> SecretSource? {
        switch (values[key], values[key + "_file"]) {
        case (nil, nil): yaml.report("\(what) needs \(key) or \(key)_file", at: node.position)
        case (.some, .some(let file)):
            yaml.report("\(key) and \(key)_file exclude each other; write one", at: file.position)
        case (nil, .some(let file)): return name(file, key + "_file").map { .file($0) }
        case (.some(let written), nil):
            guard let text = yaml.text(written, key) else { return nil }
            guard MessengerSecret.isPlain(text) else {
                yaml.report("\(key) must be 1 to 1024 printable characters without blanks", at: written.position)
                return nil
            }
            return .inline(Secret(text))
        }
        return nil
    }
}

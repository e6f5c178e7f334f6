internal import Query

extension SettingsReader {
    /// Which of the keys a webhook may have.
    enum WebhookUse {
        /// A channel of a receiver.
        case channel
        /// A launcher of a retraining policy.
        case launcher

        /// What it is called in messages.
        var what: String { self == .channel ? "a webhook_configs entry" : "a webhook launcher" }

        fileprivate var keys: [String] {
            let common = SettingsReader.sourceKeys("url") + SettingsReader.sourceKeys("signing_secret")
            let own = ["send_resolved", "max_alerts", "format", "template", "content_type"]
            return common + ["timeout", "http_config"] + (self == .channel ? own : [])
        }
    }

    /// The settings of a webhook.
    mutating func webhook(_ node: YAMLNode, for use: WebhookUse) -> WebhookSettings? {
        guard let values = mapping(node, use.what, keys: use.keys, unsupported: ["payload"]) else { return nil }
        let mistakes = yaml.diagnostics.count
        let address = address("url", values, of: node, use.what)
        let signingSecret = secret(
            "signing_secret", values, of: node, use.what, isNeeded: false, check: Self.signingMistake)
        let audience = audience(values, sendsResolved: true)
        let timeout = timeout(values, standard: WebhookSettings.standardTimeout)
        let http = http(values["http_config"])
        let format = format(values)
        guard let address, yaml.diagnostics.count == mistakes else { return nil }
        return WebhookSettings(
            address: address, signingSecret: signingSecret, audience: audience, timeout: timeout, http: http,
            format: format)
    }

    private static func signingMistake(_ text: String) -> String? {
        do {
            _ = try SigningKey.keys(in: Secret(text))
            return nil
        } catch {
            return error.reason
        }
    }

    private mutating func format(_ values: [String: YAMLNode]) -> WebhookFormat {
        guard values["template"] == nil else {
            if let format = values["format"] {
                yaml.report("format and template exclude each other; write one", at: format.position)
            }
            let type = values["content_type"].flatMap { contentType($0) } ?? "application/json"
            return template("template", values).map { .template($0, contentType: type) } ?? .alertmanager
        }
        if let type = values["content_type"] {
            yaml.report("content_type belongs to a template; leave it out", at: type.position)
        }
        guard let node = values["format"], let text = yaml.text(node, "format") else { return .alertmanager }
        if let format = WebhookFormat.named[text] { return format }
        let known = WebhookFormat.named.keys.sorted().joined(separator: ", ")
        yaml.report("format must be one of \(known), not \(text.quoted)", at: node.position)
        return .alertmanager
    }

    private mutating func contentType(_ node: YAMLNode) -> String? {
        guard let text = name(node, "content_type") else { return nil }
        let isPlain = text.utf8.allSatisfy { (0x20...0x7E).contains($0) }
        if isPlain, text.utf8.contains(UInt8(ascii: "/")) { return text }
        yaml.report("content_type must be a media type such as text/plain; charset=utf-8", at: node.position)
        return nil
    }
}

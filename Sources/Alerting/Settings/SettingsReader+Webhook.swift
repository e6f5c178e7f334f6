internal import Monitoring
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
            let common = ["url", "url_file", "signing_secret", "signing_secret_file", "timeout"]
            return self == .channel ? common + ["send_resolved", "max_alerts"] : common
        }
    }

    /// The settings of a webhook.
    mutating func webhook(_ node: YAMLNode, for use: WebhookUse) -> WebhookSettings? {
        let found = mapping(node, use.what, keys: use.keys, unsupported: ["http_config", "payload"])
        guard let values = found else { return nil }
        let address = self.address(values, of: node, use.what)
        let secret = signingSecret(values, use.what)
        let audience = self.audience(values)
        let timeout =
            values["timeout"].map {
                duration(
                    $0, "timeout", least: PrometheusDuration(microseconds: 100_000),
                    most: WebhookSettings.longestTimeout)
            } ?? WebhookSettings.standardTimeout
        guard let address, let secret, let audience, let timeout else { return nil }
        return WebhookSettings(address: address, signingSecret: secret, audience: audience, timeout: timeout)
    }

    private mutating func address(
        _ values: [String: YAMLNode], of node: YAMLNode, _ what: String
    ) -> AddressSource? {
        switch (values["url"], values["url_file"]) {
        case (nil, nil):
            yaml.report("\(what) needs url or url_file", at: node.position)
            return nil
        case (.some, .some(let file)):
            yaml.report("url and url_file exclude each other; write one", at: file.position)
            return nil
        case (nil, .some(let file)): return name(file, "url_file").map { .file($0) }
        case (.some(let url), nil):
            guard let text = yaml.text(url, "url") else { return nil }
            do {
                return .inline(try WebhookURL(text))
            } catch {
                yaml.report("url: the address \(error.reason)", at: url.position)
                return nil
            }
        }
    }

    /// The secret's source; the outer optional is nil after a mistake, the inner where there is no secret.
    private mutating func signingSecret(_ values: [String: YAMLNode], _ what: String) -> SecretSource?? {
        switch (values["signing_secret"], values["signing_secret_file"]) {
        case (nil, nil): return .some(nil)
        case (.some, .some(let file)):
            yaml.report("signing_secret and signing_secret_file exclude each other; write one", at: file.position)
            return nil
        case (nil, .some(let file)): return name(file, "signing_secret_file").map { .file($0) }
        case (.some(let node), nil):
            guard let text = yaml.text(node, "signing_secret") else { return nil }
            let secret = Secret(text)
            do {
                _ = try SigningKey.keys(in: secret)
                return .inline(secret)
            } catch {
                yaml.report("signing_secret: the signing secret \(error.reason)", at: node.position)
                return nil
            }
        }
    }

    private mutating func audience(_ values: [String: YAMLNode]) -> Audience? {
        let sendsResolved = values["send_resolved"].map { yaml.boolean($0, "send_resolved") } ?? true
        let mostAlerts = values["max_alerts"].map { yaml.integer($0, "max_alerts", in: 0...100_000) } ?? 0
        guard let sendsResolved, let mostAlerts else { return nil }
        return Audience(sendsResolved: sendsResolved, mostAlerts: mostAlerts)
    }
}

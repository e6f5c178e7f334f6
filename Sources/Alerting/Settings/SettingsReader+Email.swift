internal import Query

extension SettingsReader {
    /// The settings of e-mails.
    mutating func email(_ node: YAMLNode) -> EmailSettings? {
        let what = "an email_configs entry"
        let keys = [
            "smarthost", "from", "to", "hello", "auth_username", "require_tls", "force_implicit_tls", "tls_config",
            "headers", "html", "text", "send_resolved", "max_alerts", "timeout",
        ]
        let found = mapping(
            node, what, keys: keys + Self.sourceKeys("auth_password"),
            unsupported: ["auth_secret", "auth_secret_file", "auth_identity", "threading"])
        guard let values = found else { return nil }
        let mistakes = yaml.diagnostics.count
        let server = server(values, of: node, what)
        let from = required("from", in: values, of: node, what).flatMap { addresses($0, "from") }
        let to = required("to", in: values, of: node, what).flatMap { addresses($0, "to") }
        if let from, from.count > 1 { yaml.report("\(what) has more than one address in from", at: node.position) }
        let account = account(values, of: node, what)
        let hello = values["hello"].flatMap { self.hello($0) } ?? "localhost"
        let (subject, headers) = mailHeaders(values["headers"])
        let settings = server.flatMap { server in
            from?.first.flatMap { from in
                to.map { to in
                    EmailSettings(
                        server: server, hello: hello, from: from, to: to, account: account,
                        security: values["tls_config"].map { security($0) } ?? .standard, headers: headers,
                        texts: MessageTexts(title: subject, text: template("text", values)),
                        html: template("html", values), audience: audience(values, sendsResolved: false),
                        timeout: timeout(values, standard: WebhookSettings.longestTimeout))
                }
            }
        }
        return yaml.diagnostics.count == mistakes ? settings : nil
    }

    private mutating func server(_ values: [String: YAMLNode], of node: YAMLNode, _ what: String) -> MailServer? {
        guard let written = required("smarthost", in: values, of: node, what),
            let text = yaml.text(written, "smarthost")
        else { return nil }
        let requiresTLS = values["require_tls"].flatMap { yaml.boolean($0, "require_tls") } ?? true
        let isImplicit = values["force_implicit_tls"].flatMap { yaml.boolean($0, "force_implicit_tls") }
        if let server = MailServer(smarthost: text, requiresTLS: requiresTLS, isImplicit: isImplicit) { return server }
        yaml.report("smarthost must be HOST:PORT, such as smtp.example.org:587", at: written.position)
        return nil
    }

    private mutating func addresses(_ node: YAMLNode, _ key: String) -> [MailAddress]? {
        guard let text = yaml.text(node, key) else { return nil }
        if let addresses = MailAddress.list(text), addresses.count <= 100 { return addresses }
        yaml.report("\(key) must be addresses such as ml@example.org or ML team <ml@example.org>", at: node.position)
        return nil
    }

    private mutating func account(
        _ values: [String: YAMLNode], of node: YAMLNode, _ what: String
    ) -> EmailSettings.Account? {
        guard let written = values["auth_username"] else {
            for key in Self.sourceKeys("auth_password") where values[key] != nil {
                yaml.report("\(key) needs auth_username", at: node.position)
            }
            return nil
        }
        let password = secret("auth_password", values, of: node, what, check: Self.secretText)
        guard let name = name(written, "auth_username"), let password else { return nil }
        return EmailSettings.Account(name: name, password: password)
    }

    private mutating func hello(_ node: YAMLNode) -> String? {
        guard let text = name(node, "hello") else { return nil }
        if MailHost.isValid(text) { return text }
        yaml.report("hello must be a host name", at: node.position)
        return nil
    }

    /// The template of the subject, and the other headers.
    private mutating func mailHeaders(
        _ node: YAMLNode?
    ) -> (subject: Template?, others: [EmailSettings.Header]) {
        var subject: Template?
        var others: [EmailSettings.Header] = []
        for entry in node.flatMap({ yaml.entries($0, "headers") }) ?? [] {
            let lower = entry.key.lowercased()
            guard HeaderName.isToken(entry.key), !Self.ownMailHeaders.contains(lower) else {
                yaml.report("the header \(entry.key.quoted) of an e-mail cannot be set here", at: entry.keyPosition)
                continue
            }
            guard let value = template(entry.value, entry.key) else { continue }
            if lower == "subject" {
                subject = value
            } else {
                others.append(EmailSettings.Header(name: entry.key, value: value))
            }
        }
        return (subject, others)
    }

    private static let ownMailHeaders: Set<String> = [
        "from", "to", "cc", "bcc", "date", "message-id", "references", "in-reply-to", "mime-version", "content-type",
        "content-transfer-encoding", "auto-submitted",
    ]
}

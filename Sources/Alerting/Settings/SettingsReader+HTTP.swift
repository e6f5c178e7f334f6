internal import Query

/// `http_config` and `tls_config`, under the names of Prometheus.
extension SettingsReader {
    /// How a receiver is spoken to.
    mutating func http(_ node: YAMLNode?) -> HTTPOptions {
        guard let node else { return .plain }
        let found = mapping(
            node, "http_config",
            keys: ["basic_auth", "authorization", "tls_config", "proxy_url", "http_headers", "follow_redirects"],
            unsupported: [
                "oauth2", "bearer_token", "bearer_token_file", "no_proxy", "proxy_from_environment",
                "proxy_connect_header", "enable_http2",
            ])
        guard let values = found else { return .plain }
        if let follow = values["follow_redirects"], yaml.boolean(follow, "follow_redirects") == true {
            yaml.report(
                "redirections are never followed, since they could lead where nobody allowed; leave follow_redirects out",
                at: follow.position)
        }
        if let basic = values["basic_auth"], values["authorization"] != nil {
            yaml.report("basic_auth and authorization exclude each other; write one", at: basic.position)
        }
        var proxy: WebhookURL?
        if let written = values["proxy_url"], let text = yaml.text(written, "proxy_url"),
            case .inline(let url) = inline(text, "proxy_url", at: written.position)
        {
            proxy = url
        }
        return HTTPOptions(
            authorization: values["basic_auth"].flatMap { basic($0) }
                ?? values["authorization"].flatMap { authorization($0) },
            headers: values["http_headers"].map { headers($0) } ?? [],
            security: values["tls_config"].map { security($0) } ?? .standard, proxy: proxy)
    }

    /// How a server is recognised.
    mutating func security(_ node: YAMLNode) -> OutboundSecurity {
        let found = mapping(
            node, "tls_config", keys: ["ca_file", "cert_file", "key_file", "server_name", "insecure_skip_verify"],
            unsupported: ["ca", "cert", "key", "ca_ref", "cert_ref", "key_ref", "min_version", "max_version"])
        guard let values = found else { return .standard }
        if let skip = values["insecure_skip_verify"], yaml.boolean(skip, "insecure_skip_verify") == true {
            yaml.report(
                "insecure_skip_verify is not supported: name the authority of the certificate with ca_file",
                at: skip.position)
        }
        func file(_ key: String, _ reader: inout Self) -> String? { values[key].flatMap { reader.name($0, key) } }
        let certificate = file("cert_file", &self)
        let key = file("key_file", &self)
        if (certificate == nil) != (key == nil) {
            yaml.report("cert_file and key_file belong together; write both", at: node.position)
        }
        var serverName: String?
        if let written = values["server_name"], let text = name(written, "server_name") {
            if MailHost.isValid(text) {
                serverName = text.lowercased()
            } else {
                yaml.report("server_name must be a host name", at: written.position)
            }
        }
        return OutboundSecurity(
            authorities: file("ca_file", &self), certificate: certificate, key: key, serverName: serverName)
    }

    private mutating func basic(_ node: YAMLNode) -> HTTPOptions.Authorization? {
        let keys = ["username"] + Self.sourceKeys("password")
        guard
            let values = mapping(
                node, "basic_auth", keys: keys, unsupported: ["username_file", "username_ref", "password_ref"]),
            let written = required("username", in: values, of: node, "basic_auth"),
            let name = name(written, "username"),
            let password = secret("password", values, of: node, "basic_auth", check: Self.secretText)
        else { return nil }
        if name.utf8.contains(UInt8(ascii: ":")) || !Self.isHeaderText(name) {
            yaml.report("username may hold neither colons nor control characters", at: written.position)
        }
        return .basic(name: name, password: password)
    }

    private mutating func authorization(_ node: YAMLNode) -> HTTPOptions.Authorization? {
        let keys = ["type"] + Self.sourceKeys("credentials")
        guard let values = mapping(node, "authorization", keys: keys, unsupported: ["credentials_ref"]) else {
            return nil
        }
        var scheme = "Bearer"
        if let written = values["type"], let text = name(written, "type") {
            scheme = text
            if text.lowercased() == "basic" {
                yaml.report("write basic_auth instead of the type Basic", at: written.position)
            } else if !HeaderName.isToken(text) {
                yaml.report("type must be one word, such as Bearer", at: written.position)
            }
        }
        return secret("credentials", values, of: node, "authorization", check: Self.secretText).map {
            .scheme(scheme, $0)
        }
    }

    private mutating func headers(_ node: YAMLNode) -> [HTTPOptions.Header] {
        var headers: [HTTPOptions.Header] = []
        for entry in yaml.entries(node, "http_headers") ?? [] {
            if let mistake = HeaderName.mistake(in: entry.key) {
                yaml.report(mistake, at: entry.keyPosition)
                continue
            }
            let values = mapping(entry.value, "a header", keys: ["values", "secrets", "files"]) ?? [:]
            for key in ["values", "secrets", "files"] {
                for member in values[key].flatMap({ yaml.sequence($0, key) }) ?? [] {
                    guard let text = yaml.text(member, "a member of \(key)") else { continue }
                    if key == "files" {
                        headers.append(HTTPOptions.Header(name: entry.key, value: .outside(.file(text))))
                    } else if Self.isHeaderText(text) {
                        headers.append(HTTPOptions.Header(name: entry.key, value: .inline(Secret(text))))
                    } else {
                        yaml.report("the value of a header may not hold control characters", at: member.position)
                    }
                }
            }
        }
        return headers
    }

    /// What is wrong with a password, as the end of a sentence; nil where nothing is.
    static func secretText(_ text: String) -> String? {
        !text.isEmpty && isHeaderText(text) ? nil : "must be 1 to 4096 bytes without control characters"
    }

    /// Whether a text can stand in a header.
    private static func isHeaderText(_ text: String) -> Bool {
        text.utf8.count <= 4096 && text.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F }
    }
}

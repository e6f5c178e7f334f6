internal import Monitoring
internal import Query

/// Texts that may stand in the settings, in a file, or in a variable of the environment.
extension SettingsReader {
    /// The keys under which the text of a key may stand.
    static func sourceKeys(_ key: String) -> [String] { [key, "\(key)_file", "\(key)_env"] }

    /// Where a text stands.
    private enum Place {
        case here(YAMLNode)
        case outside(TextPlace)
    }

    /// A secret; nil where there is none, or after a mistake. `check` says what is wrong with one that is written here.
    mutating func secret(
        _ key: String, _ values: [String: YAMLNode], of node: YAMLNode, _ what: String, isNeeded: Bool = true,
        check: (String) -> String? = Self.plainSecret
    ) -> SecretSource? {
        switch place(key, values, of: node, what, isNeeded: isNeeded) {
        case nil: return nil
        case .outside(let place): return .outside(place)
        case .here(let written):
            guard let text = yaml.text(written, key) else { return nil }
            if let mistake = check(text) {
                yaml.report("\(key) \(mistake)", at: written.position)
                return nil
            }
            return .inline(Secret(text))
        }
    }

    /// What is wrong with a key or token, as the end of a sentence; nil where nothing is.
    static func plainSecret(_ text: String) -> String? {
        MessengerSecret.isPlain(text) ? nil : "must be 1 to 1024 printable characters without blanks"
    }

    /// An address that must be there; nil after a mistake.
    mutating func address(
        _ key: String, _ values: [String: YAMLNode], of node: YAMLNode, _ what: String
    ) -> AddressSource? {
        switch place(key, values, of: node, what, isNeeded: true) {
        case nil: return nil
        case .outside(let place): return .outside(place)
        case .here(let written): return yaml.text(written, key).flatMap { inline($0, key, at: written.position) }
        }
    }

    /// An address that is written in the settings; nil after a mistake.
    mutating func inline(_ text: String, _ key: String, at position: SourcePosition) -> AddressSource? {
        do {
            return .inline(try WebhookURL(text))
        } catch {
            yaml.report("\(key): the address \(error.reason)", at: position)
            return nil
        }
    }

    private mutating func place(
        _ key: String, _ values: [String: YAMLNode], of node: YAMLNode, _ what: String, isNeeded: Bool
    ) -> Place? {
        let found = Self.sourceKeys(key).filter { values[$0] != nil }
        guard let first = found.first, let written = values[first] else {
            if isNeeded { yaml.report("\(what) needs \(key), \(key)_file or \(key)_env", at: node.position) }
            return nil
        }
        if found.count > 1, let second = values[found[1]] {
            yaml.report("\(first) and \(found[1]) exclude each other; write one", at: second.position)
            return nil
        }
        guard first != key else { return .here(written) }
        guard let name = name(written, first) else { return nil }
        return .outside(first.hasSuffix("_file") ? .file(name) : .variable(name))
    }

    /// The timeout of one attempt.
    mutating func timeout(_ values: [String: YAMLNode], standard: PrometheusDuration) -> PrometheusDuration {
        values["timeout"].flatMap {
            duration(
                $0, "timeout", least: PrometheusDuration(microseconds: 100_000), most: WebhookSettings.longestTimeout)
        } ?? standard
    }

    /// What a channel wants to hear.
    mutating func audience(_ values: [String: YAMLNode], sendsResolved standard: Bool) -> Audience {
        Audience(
            sendsResolved: values["send_resolved"].flatMap { yaml.boolean($0, "send_resolved") } ?? standard,
            mostAlerts: values["max_alerts"].flatMap { yaml.integer($0, "max_alerts", in: 0...100_000) } ?? 0)
    }

    /// A template of a message; a mistake is reported where it stands in the file.
    mutating func template(_ key: String, _ values: [String: YAMLNode]) -> Template? {
        values[key].flatMap { template($0, key) }
    }

    /// A template of a message.
    mutating func template(_ node: YAMLNode, _ what: String) -> Template? {
        guard let text = yaml.text(node, what) else { return nil }
        do {
            return try Template(text, language: .message)
        } catch {
            yaml.report("\(what): \(error.message)", in: node, at: error.position)
            return nil
        }
    }
}

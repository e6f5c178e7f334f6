internal import Monitoring
internal import Query
internal import Statistics

/// What the settings files have in common: webhooks, matchers, names, and keys that are refused by name.
///
/// As in ``YAMLReader``, what cannot be read is reported; the values that are returned count only if nothing was.
struct SettingsReader {
    /// The reader that gathers the mistakes.
    var yaml: YAMLReader

    /// A reader of one file's text.
    init(file: String, text: String) {
        yaml = YAMLReader(file: file, text: text)
    }

    /// The values of a mapping by key; a key in `unsupported` is refused with a sentence of its own.
    mutating func mapping(
        _ node: YAMLNode, _ what: String, keys: [String], unsupported: [String] = []
    ) -> [String: YAMLNode]? {
        guard case .mapping(let entries) = node.content else { return yaml.mapping(node, what, keys: keys) }
        var known: [YAMLEntry] = []
        for entry in entries {
            guard unsupported.contains(entry.key) else {
                known.append(entry)
                continue
            }
            let instead = Self.replacements[entry.key].map { "; \($0)" } ?? "; leave it out"
            yaml.report("\(entry.key) is not supported by this version of Driftline\(instead)", at: entry.keyPosition)
        }
        return yaml.mapping(YAMLNode(content: .mapping(known), position: node.position), what, keys: keys)
    }

    private static let replacements = [
        "match": "write matchers: ['name=\"value\"'] instead",
        "match_re": "write matchers: ['name=~\"value\"'] instead",
        "global": "leave it out, its values have no meaning here",
        "source_match": "write source_matchers: ['name=\"value\"'] instead",
        "source_match_re": "write source_matchers: ['name=~\"value\"'] instead",
        "target_match": "write target_matchers: ['name=\"value\"'] instead",
        "target_match_re": "write target_matchers: ['name=~\"value\"'] instead",
    ]

    /// The value of a key that must be there.
    mutating func required(
        _ key: String, in values: [String: YAMLNode], of node: YAMLNode, _ what: String
    ) -> YAMLNode? {
        if let value = values[key] { return value }
        yaml.report("\(what) needs the key \(key)", at: node.position)
        return nil
    }

    /// A text that is not empty and at most 256 bytes long.
    mutating func name(_ node: YAMLNode, _ what: String) -> String? {
        guard let text = yaml.text(node, what) else { return nil }
        if (1...256).contains(text.utf8.count) { return text }
        yaml.report("\(what) must have 1 to 256 bytes", at: node.position)
        return nil
    }

    /// A name that can stand in a path: `[A-Za-z0-9][A-Za-z0-9._-]{0,127}`, as for models.
    mutating func pathName(_ node: YAMLNode, _ what: String) -> String? {
        guard let text = yaml.text(node, what) else { return nil }
        let isPlain = text.utf8.allSatisfy { byte in
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "-"): true
            default: false
            }
        }
        let hasGoodStart = text.utf8.first.map { !"._-".utf8.contains($0) } ?? false
        if isPlain, hasGoodStart, text.utf8.count <= 128 { return text }
        yaml.report(
            "\(what) must be 1 to 128 letters, digits, dots, underscores or hyphens, beginning with a letter or digit",
            at: node.position)
        return nil
    }

    /// A duration within limits.
    mutating func duration(
        _ node: YAMLNode, _ what: String, least: PrometheusDuration, most: PrometheusDuration? = nil
    ) -> PrometheusDuration? {
        guard let duration = yaml.duration(node, what) else { return nil }
        if duration < least {
            yaml.report("\(what) must be at least \(least.text)", at: node.position)
            return nil
        }
        if let most, most < duration {
            yaml.report("\(what) must be at most \(most.text)", at: node.position)
            return nil
        }
        return duration
    }

    /// Matchers in Alertmanager's notation: a list of texts, each with one or several.
    mutating func matchers(_ node: YAMLNode, _ what: String) -> [LabelMatcher] {
        var matchers: [LabelMatcher] = []
        for node in yaml.sequence(node, what) ?? [] {
            guard let text = yaml.text(node, "a member of \(what)") else { continue }
            do {
                let read = try Matcher.list(text)
                if read.isEmpty {
                    yaml.report("a member of \(what) is empty; write name=\"value\"", at: node.position)
                }
                matchers += read.map(\.condition)
            } catch {
                yaml.report("\(what): \(error.message)", in: node, at: error.position)
            }
        }
        return matchers
    }
}

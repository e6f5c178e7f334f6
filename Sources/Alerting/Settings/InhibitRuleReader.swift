internal import Query

/// Reads `inhibit_rules` of `notifications.yaml`.
enum InhibitRuleReader {
    /// The rules, those that could be read.
    static func rules(_ node: YAMLNode, _ reader: inout SettingsReader) -> [InhibitRule] {
        (reader.yaml.sequence(node, "inhibit_rules") ?? []).compactMap { rule($0, &reader) }
    }

    private static func rule(_ node: YAMLNode, _ reader: inout SettingsReader) -> InhibitRule? {
        let found = reader.mapping(
            node, "an inhibit rule", keys: ["source_matchers", "target_matchers", "equal"],
            unsupported: ["source_match", "source_match_re", "target_match", "target_match_re"])
        guard let values = found,
            let source = reader.required("source_matchers", in: values, of: node, "an inhibit rule"),
            let target = reader.required("target_matchers", in: values, of: node, "an inhibit rule")
        else { return nil }
        var equal: [String] = []
        for member in values["equal"].flatMap({ reader.yaml.sequence($0, "equal") }) ?? [] {
            guard let name = reader.yaml.text(member, "a member of equal") else { continue }
            if !Label.isName(name) {
                reader.yaml.report("\(name.quoted) in equal is not a label name", at: member.position)
            }
            equal.append(name)
        }
        return InhibitRule(
            source: reader.matchers(source, "source_matchers"), target: reader.matchers(target, "target_matchers"),
            equal: equal)
    }
}

internal import Monitoring
internal import Query
internal import Statistics

extension RetrainingSettings {
    /// The settings in a file's text, or every mistake in it with line and column.
    package init(file: String, text: String) throws(RuleFileError) {
        var reader = SettingsReader(file: file, text: text)
        let policies = Self.policies(&reader)
        try reader.yaml.finish()
        self.init(policies: policies)
    }

    private static func policies(_ reader: inout SettingsReader) -> [RetrainingPolicy] {
        guard let root = reader.yaml.root(),
            let values = reader.mapping(root, "a retraining file", keys: ["policies"]),
            let list = values["policies"], let nodes = reader.yaml.sequence(list, "policies")
        else { return [] }
        var policies: [RetrainingPolicy] = []
        for node in nodes {
            guard let policy = Self.policy(node, &reader, after: policies) else { continue }
            policies.append(policy)
        }
        return policies
    }

    private static func policy(
        _ node: YAMLNode, _ reader: inout SettingsReader, after others: [RetrainingPolicy]
    ) -> RetrainingPolicy? {
        let found = reader.mapping(
            node, "a policy",
            keys: ["name", "model", "matchers", "cooldown", "on_replay", "launcher", "timeout"],
            unsupported: ["schedule", "budget", "require", "block_if_firing", "approval", "when", "target"])
        guard let values = found else { return nil }
        let nameNode = reader.required("name", in: values, of: node, "a policy")
        let name = nameNode.flatMap { reader.pathName($0, "a policy's name") }
        if let name, let nameNode, others.contains(where: { ByteText($0.name) == ByteText(name) }) {
            reader.yaml.report("there are two policies of the name \(name.quoted)", at: nameNode.position)
        }
        let model = reader.required("model", in: values, of: node, "a policy").flatMap {
            reader.pathName($0, "a policy's model")
        }
        let matchers = Self.matchers(values, of: node, &reader)
        let cooldown = values["cooldown"].map { reader.duration($0, "cooldown", least: .zero) } ?? day
        let timeout =
            values["timeout"].map {
                reader.duration($0, "timeout", least: PrometheusDuration(microseconds: 1_000_000))
            } ?? day
        let onReplay = values["on_replay"].map { reader.yaml.boolean($0, "on_replay") } ?? false
        let launcher = reader.required("launcher", in: values, of: node, "a policy").flatMap {
            Self.launcher($0, &reader)
        }
        guard let name, let model, let cooldown, let timeout, let onReplay, let launcher else {
            return nil
        }
        return RetrainingPolicy(
            name: name, model: model, matchers: matchers, cooldown: cooldown, startsOnReplay: onReplay,
            timeout: timeout, launcher: launcher)
    }

    private static let day = RetrainingPolicy.standardCooldown

    private static func matchers(
        _ values: [String: YAMLNode], of node: YAMLNode, _ reader: inout SettingsReader
    ) -> [LabelMatcher] {
        guard let list = reader.required("matchers", in: values, of: node, "a policy") else { return [] }
        let matchers = reader.matchers(list, "matchers")
        if case .sequence(let members) = list.content, members.isEmpty {
            reader.yaml.report(
                "matchers must name the alerts that ask for a new model, such as 'alertname=\"AccuracyDecay\"'",
                at: list.position)
        }
        return matchers
    }

    private static func launcher(_ node: YAMLNode, _ reader: inout SettingsReader) -> LauncherSettings? {
        let found = reader.mapping(
            node, "a launcher", keys: ["webhook"],
            unsupported: ["airflow", "argo", "kubernetes", "github", "gitlab", "jenkins", "databricks", "prefect"])
        guard let values = found else { return nil }
        guard let webhook = reader.required("webhook", in: values, of: node, "a launcher") else { return nil }
        return reader.webhook(webhook, for: .launcher).map { .webhook($0) }
    }
}

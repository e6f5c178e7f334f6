import Monitoring
import Query

/// Reads the groups of a rule file, with all checks of Prometheus 2.42.
struct RuleFileReader {
    var yaml: YAMLReader
    /// What works and is probably not meant.
    private(set) var warnings: [RuleFileError.Diagnostic] = []
    private var ruleCount = 0
    /// Finds what is probably not meant; nil where only mistakes count.
    var checker: RuleChecker?

    init(yaml: YAMLReader) {
        self.yaml = yaml
    }

    /// All groups of the file; complete only if the reader has nothing to report.
    mutating func groups() -> [RuleGroup] {
        guard let root = yaml.root(), let values = yaml.mapping(root, "a rule file", keys: ["groups"]),
            let node = values["groups"], let nodes = yaml.sequence(node, "groups")
        else { return [] }
        var groups: [RuleGroup] = []
        var names: Set<String> = []
        for node in nodes {
            guard let group = group(node) else { continue }
            if !names.insert(group.name).inserted {
                yaml.report("the group name \(group.name.quoted) is repeated in the same file", at: node.position)
            }
            groups.append(group)
        }
        return groups
    }

    private mutating func group(_ node: YAMLNode) -> RuleGroup? {
        let keys = ["interval", "limit", "name", "rules"]
        guard let values = yaml.mapping(node, "a rule group", keys: keys) else { return nil }
        let name = values["name"].flatMap { yaml.text($0, "the name of a group") } ?? ""
        if name.isEmpty { yaml.report("a rule group needs a name", at: node.position) }
        let interval = values["interval"].flatMap { self.interval($0) } ?? RuleGroup.defaultInterval
        let limit = values["limit"].flatMap { yaml.integer($0, "limit", in: 0...1_000_000) } ?? 0
        let nodes = values["rules"].flatMap { yaml.sequence($0, "rules") } ?? []
        var keyCounts: [String: Int] = [:]
        var rules: [Rule] = []
        for node in nodes {
            ruleCount += 1
            guard ruleCount <= RuleFile.ruleLimit else {
                if ruleCount == RuleFile.ruleLimit + 1 {
                    yaml.report("a file may have at most \(RuleFile.ruleLimit) rules", at: node.position)
                }
                break
            }
            guard let rule = rule(node, &keyCounts) else { continue }
            rules.append(rule)
            check(rule, node, interval: interval)
        }
        return RuleGroup(
            file: yaml.file, name: name, interval: interval, limit: limit, rules: rules, position: node.position)
    }

    /// Warns of what is probably not meant.
    private mutating func check(_ rule: Rule, _ node: YAMLNode, interval: PrometheusDuration) {
        guard let checker, case .mapping(let entries) = node.content else { return }
        let own = RuleGroup.watchesService(file: yaml.file)
        for finding in checker.findings(about: rule, interval: interval, readsService: own) {
            let key = if case .hold = finding.place { "for" } else { "expr" }
            guard let value = entries.first(where: { $0.key == key })?.value else { continue }
            var position = value.position
            if case .expression(let place) = finding.place { position = yaml.place(of: place, in: value) }
            guard !finding.isMistake else {
                yaml.report(finding.message, at: position)
                continue
            }
            warn(finding.message, at: position, finding.lint)
        }
    }

    private mutating func interval(_ node: YAMLNode) -> PrometheusDuration? {
        guard let interval = yaml.duration(node, "interval") else { return nil }
        if interval == .zero { return nil }
        if interval.microseconds >= 1_000_000 { return interval }
        yaml.report("interval must be at least 1s", at: node.position)
        return nil
    }

    // MARK: One rule

    private mutating func rule(_ node: YAMLNode, _ keyCounts: inout [String: Int]) -> Rule? {
        let keys = ["alert", "annotations", "expr", "for", "keep_firing_for", "labels", "record"]
        guard let values = yaml.mapping(node, "a rule", keys: keys) else { return nil }
        let alert = values["alert"].flatMap { yaml.text($0, "alert") } ?? ""
        let record = values["record"].flatMap { yaml.text($0, "record") } ?? ""
        if alert.isEmpty == record.isEmpty {
            let count =
                alert.isEmpty ? "one of record and alert must be set" : "only one of record and alert must be set"
            yaml.report(count, at: values["alert"]?.position ?? node.position)
        }
        let kind: RuleKind = record.isEmpty ? .alert : .record
        if kind == .record { checkRecording(values, name: record) }
        let labels = labels(values["labels"], kind: kind)
        let annotations = kind == .alert ? annotations(values["annotations"]) : []
        let holdDuration = values["for"].flatMap { yaml.duration($0, "for") } ?? .zero
        let keepFiringFor = values["keep_firing_for"].flatMap { yaml.duration($0, "keep_firing_for") } ?? .zero
        guard let expression = expression(values["expr"], in: node), alert.isEmpty != record.isEmpty else { return nil }
        return Rule(
            kind: kind, name: alert + record, key: key(alert + record, labels, &keyCounts), expression: expression,
            holdDuration: holdDuration, keepFiringFor: keepFiringFor, labels: labels, annotations: annotations,
            position: node.position)
    }

    private mutating func checkRecording(_ values: [String: YAMLNode], name: String) {
        for key in ["annotations", "for", "keep_firing_for"] {
            guard let node = values[key] else { continue }
            if key != "annotations", yaml.duration(node, key) == .zero { continue }
            if case .mapping(let entries) = node.content, entries.isEmpty { continue }
            yaml.report("a recording rule has no \(key)", at: node.position)
        }
        if let node = values["record"], !Label.isMetricName(name) {
            yaml.report("\(name.quoted) is not a metric name", at: node.position)
        }
    }

    private mutating func expression(_ node: YAMLNode?, in rule: YAMLNode) -> Expression? {
        guard let node, let text = yaml.text(node, "expr"), !text.isEmpty else {
            if node == nil { yaml.report("a rule needs an expr", at: rule.position) }
            return nil
        }
        do {
            let expression = try Expression(text)
            guard expression.type == .scalar || expression.type == .vector else {
                let found = expression.type == .string ? "a text" : "a range; apply a function such as avg_over_time"
                yaml.report("an expr must be a number or a vector, not \(found)", at: node.position)
                return nil
            }
            return expression
        } catch {
            yaml.report(error.message, in: node, at: error.position)
            return nil
        }
    }

    private mutating func labels(_ node: YAMLNode?, kind: RuleKind) -> [TemplateLabel] {
        guard let node, let entries = yaml.textEntries(node, "labels") else { return [] }
        return entries.compactMap { entry, text in
            guard Label.isName(entry.key), entry.key != Labels.metricName else {
                yaml.report("\(entry.key.quoted) is not a label name that a rule may set", at: entry.keyPosition)
                return nil
            }
            guard kind == .alert else { return TemplateLabel(name: entry.key, template: Template(literal: text)) }
            guard let template = template(text, entry.value) else { return nil }
            if template.usesValue {
                let message = "the value inside a label makes a new alert whenever it changes; move it to an annotation"
                warn(message, at: entry.value.position, .valueInLabel)
            }
            return TemplateLabel(name: entry.key, template: template)
        }
    }

    private mutating func annotations(_ node: YAMLNode?) -> [TemplateLabel] {
        guard let node, let entries = yaml.textEntries(node, "annotations") else { return [] }
        return entries.compactMap { entry, text in
            guard Label.isName(entry.key) else {
                yaml.report("\(entry.key.quoted) is not an annotation name", at: entry.keyPosition)
                return nil
            }
            return template(text, entry.value).map { TemplateLabel(name: entry.key, template: $0) }
        }
    }

    private mutating func template(_ text: String, _ node: YAMLNode) -> Template? {
        do {
            return try Template(text)
        } catch {
            yaml.report(error.message, in: node, at: error.position)
            return nil
        }
    }

    private mutating func warn(_ message: String, at position: SourcePosition, _ lint: RuleLint) {
        warnings.append(
            RuleFileError.Diagnostic(file: yaml.file, position: position, message: message, lint: lint))
    }

    /// Name and labels, as Prometheus tells rules of a group apart, with a number for the second and further of their
    /// kind.
    private func key(_ name: String, _ labels: [TemplateLabel], _ counts: inout [String: Int]) -> String {
        let pairs = labels.sorted { $0.name < $1.name }.map { "\($0.name)=\($0.template.text.quoted)" }
        let base = pairs.isEmpty ? name : "\(name){\(pairs.joined(separator: ", "))}"
        let count = counts[base, default: 0] + 1
        counts[base] = count
        return count == 1 ? base : "\(base)#\(count)"
    }
}

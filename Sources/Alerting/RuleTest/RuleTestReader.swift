import Monitoring
import Query

/// Reads a file of rule tests.
struct RuleTestReader {
    var yaml: YAMLReader
    private var evaluationInterval = RuleGroup.defaultInterval

    /// What a file contains; complete only if the reader has nothing to report.
    struct Contents {
        var ruleFiles: [String] = []
        var evaluationInterval = RuleGroup.defaultInterval
        var groupOrder: [String] = []
        var tests: [RuleTestCase] = []
    }

    init(yaml: YAMLReader) {
        self.yaml = yaml
    }

    /// The whole file.
    mutating func contents() -> Contents {
        var contents = Contents()
        let keys = ["evaluation_interval", "group_eval_order", "rule_files", "tests"]
        guard let root = yaml.root(), let values = yaml.mapping(root, "a rule test file", keys: keys) else {
            return contents
        }
        if let node = values["rule_files"] { contents.ruleFiles = yaml.texts(node, "rule_files") ?? [] }
        if let node = values["group_eval_order"] { contents.groupOrder = groupOrder(node) }
        if let node = values["evaluation_interval"], let interval = yaml.duration(node, "evaluation_interval"),
            interval > .zero
        {
            evaluationInterval = interval
        }
        contents.evaluationInterval = evaluationInterval
        let nodes = values["tests"].flatMap { yaml.sequence($0, "tests") } ?? []
        contents.tests = nodes.compactMap { test($0) }
        return contents
    }

    private mutating func groupOrder(_ node: YAMLNode) -> [String] {
        let names = yaml.texts(node, "group_eval_order") ?? []
        if Set(names).count < names.count {
            yaml.report("a group name is repeated in group_eval_order", at: node.position)
        }
        return names
    }

    private mutating func test(_ node: YAMLNode) -> RuleTestCase? {
        let keys = [
            "alert_rule_test", "external_labels", "external_url", "input_series", "interval", "name",
            "promql_expr_test",
        ]
        guard let values = yaml.mapping(node, "a test", keys: keys) else { return nil }
        let interval = values["interval"].flatMap { yaml.duration($0, "interval") } ?? .zero
        let alerts = list(values["alert_rule_test"], "alert_rule_test") { $0.alertExpectation($1) }
        let samples = list(values["promql_expr_test"], "promql_expr_test") { $0.sampleExpectation($1) }
        let test = RuleTestCase(
            name: values["name"].flatMap { yaml.text($0, "name") } ?? "",
            interval: interval > .zero ? interval : evaluationInterval,
            series: list(values["input_series"], "input_series") { $0.series($1) }, expectations: alerts + samples,
            externalLabels: Labels(labels(values["external_labels"], "external_labels")),
            externalURL: values["external_url"].flatMap { yaml.text($0, "external_url") } ?? "", position: node.position
        )
        if test.end.microseconds / evaluationInterval.microseconds >= RuleTestFile.evaluationLimit {
            yaml.report("a test may take at most \(RuleTestFile.evaluationLimit) evaluations", at: node.position)
        }
        return test
    }

    private mutating func list<Member>(
        _ node: YAMLNode?, _ what: String, _ read: (inout Self, YAMLNode) -> Member?
    ) -> [Member] {
        guard let node, let nodes = yaml.sequence(node, what) else { return [] }
        return nodes.compactMap { read(&self, $0) }
    }

    private mutating func series(_ node: YAMLNode) -> RuleTestSeries? {
        guard let values = yaml.mapping(node, "an input series", keys: ["series", "values"]),
            let series = values["series"], let name = yaml.text(series, "series")
        else {
            yaml.report("an input series needs series and values", at: node.position)
            return nil
        }
        guard let labels = labels(parsing: name, series) else { return nil }
        let steps = values["values"].flatMap { yaml.text($0, "values") } ?? ""
        do {
            return try RuleTestSeries(labels: labels, values: steps)
        } catch {
            yaml.report(error.message, in: values["values"] ?? series, at: error.position)
            return nil
        }
    }

    private mutating func labels(parsing text: String, _ node: YAMLNode) -> Labels? {
        do {
            return try Labels(parsing: text)
        } catch {
            yaml.report(error.message, in: node, at: error.position)
            return nil
        }
    }

    private mutating func labels(_ node: YAMLNode?, _ what: String) -> [Label] {
        guard let node, let entries = yaml.textEntries(node, what) else { return [] }
        return entries.map { Label(name: $0.entry.key, value: $0.text) }.sorted()
    }

    private mutating func time(_ node: YAMLNode?) -> PrometheusDuration {
        node.flatMap { yaml.duration($0, "eval_time") } ?? .zero
    }

    private mutating func alertExpectation(_ node: YAMLNode) -> RuleTestExpectation? {
        let keys = ["alertname", "eval_time", "exp_alerts"]
        guard let values = yaml.mapping(node, "an alert test", keys: keys) else { return nil }
        guard let name = values["alertname"].flatMap({ yaml.text($0, "alertname") }), !name.isEmpty else {
            yaml.report("an alert test needs an alertname", at: node.position)
            return nil
        }
        let alerts = list(values["exp_alerts"], "exp_alerts") { reader, node in reader.expectedAlert(node, name) }
        return RuleTestExpectation(
            time: time(values["eval_time"]), subject: .alerts(name: name, alerts), position: node.position)
    }

    private mutating func expectedAlert(_ node: YAMLNode, _ name: String) -> (labels: Labels, annotations: [Label])? {
        let keys = ["exp_annotations", "exp_labels"]
        guard let values = yaml.mapping(node, "an expected alert", keys: keys) else { return nil }
        let labels = labels(values["exp_labels"], "exp_labels")
        if let empty = labels.first(where: \.value.isEmpty) {
            yaml.report("no alert has an empty label; leave \(empty.name) out", at: node.position)
        }
        let alertname = Label(name: "alertname", value: name)
        return (Labels(labels + [alertname]), self.labels(values["exp_annotations"], "exp_annotations"))
    }

    private mutating func sampleExpectation(_ node: YAMLNode) -> RuleTestExpectation? {
        guard let values = yaml.mapping(node, "an expression test", keys: ["eval_time", "exp_samples", "expr"]) else {
            return nil
        }
        let samples = list(values["exp_samples"], "exp_samples") { $0.expectedSample($1) }
        let time = time(values["eval_time"])
        guard let expr = values["expr"], let text = yaml.text(expr, "expr") else {
            yaml.report("an expression test needs an expr", at: node.position)
            return nil
        }
        do {
            let subject = RuleTestExpectation.Subject.samples(try Expression(text), samples)
            return RuleTestExpectation(time: time, subject: subject, position: node.position)
        } catch {
            yaml.report(error.message, in: expr, at: error.position)
            return nil
        }
    }

    private mutating func expectedSample(_ node: YAMLNode) -> Sample? {
        guard let values = yaml.mapping(node, "an expected sample", keys: ["labels", "value"]),
            let name = values["labels"], let text = yaml.text(name, "labels")
        else {
            yaml.report("an expected sample needs labels, such as x{a=\"b\"} or {}", at: node.position)
            return nil
        }
        let value = values["value"].flatMap { yaml.number($0, "value") } ?? 0
        return labels(parsing: text, name).map { Sample(labels: $0, value: value) }
    }
}

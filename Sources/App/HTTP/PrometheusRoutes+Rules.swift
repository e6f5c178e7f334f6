import Alerting
import Hummingbird
import JSON
import Monitoring
import Query
import Store

/// Rules and alerts in Prometheus's JSON.
extension PrometheusRoutes {
    /// The alerts that are true, by their rule with file and group.
    private func activeAlerts() async throws -> [String: [Alert]] {
        var alerts: [String: [Alert]] = [:]
        for record in try await store.alertRecords() {
            guard let alert = AlertDocument.alert(of: record.alert.state),
                alert.verdict == .pending || alert.verdict == .firing
            else { continue }
            alerts[record.alert.rule, default: []].append(alert)
        }
        return alerts
    }

    func alerts() async throws -> Response {
        let alerts = try await activeAlerts().values.joined().sorted { $0.labels < $1.labels }
        return PrometheusAnswer.data { writer in
            writer.object { object in
                object.array("alerts") { array in
                    for alert in alerts { array.object { Self.write(alert, to: &$0) } }
                }
            }
        }
    }

    func rules(_ form: Form) async throws -> Response {
        let filter = try RuleFilter(form)
        let alerts = try await activeAlerts()
        var evaluated: [(model: String, to: Time)] = []
        for model in await models.all {
            if let time = await model.windows.progress.evaluatedTo { evaluated.append((model.name, time)) }
        }
        let groups = settings.current.rules.groups.filter { group in
            filter.allows(group) && (filter.isOpen || group.rules.contains(where: filter.allows))
        }
        return PrometheusAnswer.data { writer in
            writer.object { object in
                object.array("groups") { array in
                    for group in groups {
                        let last = evaluated.filter { group.selects(model: $0.model) }.map(\.to).max()
                        array.object { Self.write(group, filter, alerts, last, to: &$0) }
                    }
                }
            }
        }
    }

    /// Which rules are asked for.
    private struct RuleFilter {
        let kind: RuleKind?
        let names: [String]
        let groups: [String]
        let files: [String]
        let hasAlerts: Bool

        init(_ form: Form) throws(PrometheusAnswer.Failure) {
            switch form["type"] {
            case nil: kind = nil
            case "alert": kind = .alert
            case "record": kind = .record
            default: throw .badData("invalid parameter \"type\": give alert or record")
            }
            names = form.all("rule_name[]")
            groups = form.all("rule_group[]")
            files = form.all("file[]")
            hasAlerts = form["exclude_alerts"] != "true"
        }

        /// Whether every rule of a group is told.
        var isOpen: Bool { kind == nil && names.isEmpty }

        func allows(_ group: RuleGroup) -> Bool {
            (groups.isEmpty || groups.contains(group.name)) && (files.isEmpty || files.contains(group.file))
        }

        func allows(_ rule: Rule) -> Bool {
            (kind == nil || kind == rule.kind) && (names.isEmpty || names.contains(rule.name))
        }
    }

    private static func write(
        _ group: RuleGroup, _ filter: RuleFilter, _ alerts: [String: [Alert]], _ evaluated: Time?,
        to object: inout JSONWriter
    ) {
        object.member("name", group.name)
        object.member("file", group.file)
        object.member("interval", group.interval.seconds)
        object.member("limit", group.limit)
        object.array("rules") { array in
            for rule in group.rules where filter.allows(rule) {
                let active = (alerts["\(ModelTimeline.path(of: group))/\(rule.key)"] ?? []).sorted {
                    $0.labels < $1.labels
                }
                array.object { entry in
                    write(rule, active, evaluated, to: &entry)
                    guard rule.kind == .alert, filter.hasAlerts else { return }
                    entry.array("alerts") { list in
                        for alert in active { list.object { write(alert, to: &$0) } }
                    }
                }
            }
        }
        object.member("evaluationTime", 0.0)
        object.member("lastEvaluation", text(evaluated))
    }

    private static func write(_ rule: Rule, _ active: [Alert], _ evaluated: Time?, to object: inout JSONWriter) {
        object.member("type", rule.kind == .alert ? "alerting" : "recording")
        object.member("name", rule.name)
        object.member("query", rule.expression.text)
        object.object("labels") { labels in
            for label in rule.labels { labels.member(label.name, label.template.text) }
        }
        if rule.kind == .alert {
            object.member("duration", rule.holdDuration.seconds)
            object.member("keepFiringFor", rule.keepFiringFor.seconds)
            object.object("annotations") { labels in
                for label in rule.annotations { labels.member(label.name, label.template.text) }
            }
            let isFiring = active.contains { $0.verdict == .firing }
            object.member("state", isFiring ? "firing" : active.isEmpty ? "inactive" : "pending")
        }
        let failed = active.first { $0.health == .error }
        object.member("health", failed != nil ? "err" : evaluated == nil ? "unknown" : "ok")
        if let failed { object.member("lastError", failed.healthReason) }
        object.member("evaluationTime", 0.0)
        object.member("lastEvaluation", text(evaluated))
    }

    private static func write(_ alert: Alert, to object: inout JSONWriter) {
        object.object("labels") { $0.members(alert.labels.pairs) }
        object.object("annotations") { $0.members(alert.annotations) }
        object.member("state", alert.verdict.rawValue)
        object.member("activeAt", alert.activeAt.rfc3339)
        object.member("value", Query.NumberText.scientific(alert.value))
    }

    /// Go's zero time stands for never.
    private static func text(_ time: Time?) -> String { (time ?? .earliest).rfc3339 }
}

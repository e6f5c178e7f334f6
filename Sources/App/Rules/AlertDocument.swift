import Alerting
import JSON
import Monitoring
import Query

/// An alert as the JSON in which it is stored.
enum AlertDocument {
    /// The text of an alert.
    static func text(of alert: Alert) -> String {
        var writer = JSONWriter()
        writer.object { object in
            object.member("rule", alert.rule)
            object.object("labels") { $0.members(alert.labels.pairs) }
            object.object("annotations") { $0.members(alert.annotations) }
            object.member("verdict", alert.verdict.rawValue)
            object.member("health", alert.health.rawValue)
            object.member("health_reason", alert.healthReason)
            object.member("active_at", alert.activeAt.microseconds)
            object.member("fired_at", alert.firedAt?.microseconds)
            object.member("resolved_at", alert.resolvedAt?.microseconds)
            object.member("keep_firing_since", alert.keepFiringSince?.microseconds)
            // As bits: JSON has no infinities, and a value must come back as it was.
            object.member("value_bits", Int64(bitPattern: alert.value.bitPattern))
            object.member("last_evaluated", alert.lastEvaluated.microseconds)
            object.member("sources_truncated", alert.sources.isTruncated)
            object.array("sources") { array in
                for source in alert.sources.elements {
                    array.object { entry in
                        entry.member("selector", source.selector)
                        entry.object("labels") { $0.members(source.labels.pairs) }
                    }
                }
            }
        }
        return writer.text
    }

    /// The alert of a text, nil where it is none of ours.
    static func alert(of text: String) -> Alert? {
        guard let node = parsed(text), let rule = node["rule"]?.string,
            let verdict = node["verdict"]?.string.flatMap(AlertVerdict.init(rawValue:)),
            let health = node["health"]?.string.flatMap(AlertHealth.init(rawValue:)),
            let activeAt = time(node["active_at"]), let lastEvaluated = time(node["last_evaluated"]),
            let bits = node["value_bits"]?.int64
        else { return nil }
        let sources = (node["sources"]?.elements ?? []).compactMap { entry -> SampleSource? in
            guard let selector = entry["selector"]?.int64 else { return nil }
            return SampleSource(selector: Int(selector), labels: Labels(labels(entry["labels"])))
        }
        return Alert(
            rule: rule, labels: Labels(labels(node["labels"])), annotations: labels(node["annotations"]),
            verdict: verdict, health: health, healthReason: node["health_reason"]?.string ?? "", activeAt: activeAt,
            firedAt: time(node["fired_at"]), resolvedAt: time(node["resolved_at"]),
            keepFiringSince: time(node["keep_firing_since"]), value: Double(bitPattern: UInt64(bitPattern: bits)),
            sources: SampleSources(sources, isTruncated: node["sources_truncated"]?.bool ?? false),
            lastEvaluated: lastEvaluated)
    }

    static func parsed(_ text: String) -> JSONNode? {
        do { return try JSONNode(parsing: text) } catch { return nil }
    }

    static func time(_ node: JSONNode?) -> Time? {
        node?.int64.map { Time(microseconds: $0) }
    }

    static func labels(_ node: JSONNode?) -> [Label] {
        (node?.members ?? []).map { Label(name: $0.name, value: $0.value.string ?? "") }
    }
}

extension JSONWriter {
    /// Writes labels as members of the object that is open.
    mutating func members(_ labels: [Label]) {
        for label in labels { member(label.name, label.value) }
    }
}

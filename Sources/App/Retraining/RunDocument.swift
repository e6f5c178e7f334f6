import Alerting
import JSON
import Monitoring
import Query

/// A retraining run as the JSON in which it is stored.
enum RunDocument {
    /// The text of a run.
    static func text(of run: RetrainingRun) -> String {
        var writer = JSONWriter()
        writer.object { object in
            object.member("id", run.id)
            object.member("policy", run.policy)
            object.member("model", run.model)
            object.member("event_time", run.eventTime.microseconds)
            object.member("replayed", run.replayed)
            object.array("reasons") { array in
                for alert in run.reasons { array.object { write(alert, to: &$0) } }
            }
            if let window = run.window {
                object.object("window") { object in
                    object.member("length", window.length.text)
                    object.member("end", window.end.microseconds)
                }
            }
            object.member("requested_at", run.requestedAt.microseconds)
            object.member("deadline", run.deadline.microseconds)
            object.member("state", run.state.rawValue)
            object.member("changed_at", run.changedAt.microseconds)
            object.member("model_version", run.modelVersion)
            object.member("metrics", run.metrics)
            object.member("detail", run.detail)
        }
        return writer.text
    }

    private static func write(_ alert: NotifiedAlert, to object: inout JSONWriter) {
        object.object("labels") { $0.members(alert.labels.pairs) }
        object.object("annotations") { $0.members(alert.annotations) }
        object.member("starts_at", alert.startsAt.microseconds)
        object.member("ends_at", alert.endsAt?.microseconds)
        object.member("generator_url", alert.generatorURL)
    }

    /// The run of a text, nil where it is none of ours.
    static func run(of text: String) -> RetrainingRun? {
        guard let node = AlertDocument.parsed(text), let id = node["id"]?.string, let policy = node["policy"]?.string,
            let model = node["model"]?.string, let eventTime = AlertDocument.time(node["event_time"]),
            let requestedAt = AlertDocument.time(node["requested_at"]),
            let deadline = AlertDocument.time(node["deadline"]),
            let state = node["state"]?.string.flatMap(RetrainingState.init(rawValue:)),
            let changedAt = AlertDocument.time(node["changed_at"])
        else { return nil }
        return RetrainingRun(
            id: id, policy: policy, model: model, eventTime: eventTime, replayed: node["replayed"]?.bool ?? false,
            reasons: (node["reasons"]?.elements ?? []).compactMap(alert), window: node["window"].flatMap(window),
            requestedAt: requestedAt, deadline: deadline, state: state, changedAt: changedAt,
            modelVersion: node["model_version"]?.string, metrics: node["metrics"]?.string,
            detail: node["detail"]?.string)
    }

    private static func alert(_ node: JSONNode) -> NotifiedAlert? {
        guard let startsAt = AlertDocument.time(node["starts_at"]) else { return nil }
        return NotifiedAlert(
            labels: Labels(AlertDocument.labels(node["labels"])),
            annotations: AlertDocument.labels(node["annotations"]),
            startsAt: startsAt, endsAt: AlertDocument.time(node["ends_at"]),
            generatorURL: node["generator_url"]?.string ?? "")
    }

    private static func window(_ node: JSONNode) -> RetrainingWindow? {
        guard let length = node["length"]?.string.flatMap(PrometheusDuration.init),
            let end = AlertDocument.time(node["end"])
        else { return nil }
        return RetrainingWindow(length: length, end: end)
    }
}

import JSON
import Monitoring

/// One stretch of event time in which an alert fired.
struct AlertEpisode {
    /// The rule's name.
    let alert: String

    /// The other labels, `name=value` in order of names.
    let labels: String

    /// When it began to fire.
    let firedAt: String

    /// When it was over; nil while it fires.
    private(set) var resolvedAt: String?

    /// The value that it fired on.
    let value: String

    /// The episodes in an alert's history, oldest first, from the answer to `GET /v1/alerts/{fingerprint}`.
    static func list(in document: JSONNode) -> [AlertEpisode] {
        let (alert, labels) = identity(document)
        var episodes: [AlertEpisode] = []
        for entry in transitions(document) {
            let isOpen = episodes.last.map { $0.resolvedAt == nil } ?? false
            switch entry.to {
            case "firing" where !isOpen:
                episodes.append(AlertEpisode(alert: alert, labels: labels, firedAt: entry.at, value: entry.value))
            case "resolved" where isOpen, "inactive" where isOpen:
                episodes[episodes.count - 1].resolvedAt = entry.at
            default: continue
            }
        }
        return episodes
    }

    private init(alert: String, labels: String, firedAt: String, value: String) {
        self.alert = alert
        self.labels = labels
        self.firedAt = firedAt
        self.value = value
    }

    private static func identity(_ document: JSONNode) -> (alert: String, labels: String) {
        let labels = document["labels"]?.members ?? []
        let alert = document["alertname"]?.string ?? document["labels"]?["alertname"]?.string ?? "?"
        let shown = labels.filter { !["alertname", "model"].contains($0.name) }
            .sorted { $0.name < $1.name }
            .map { "\($0.name)=\($0.value.scalarText ?? "")" }
        return (alert, shown.joined(separator: " "))
    }

    private static func transitions(_ document: JSONNode) -> [(at: String, to: String, value: String)] {
        let entries = (document["history"]?.elements ?? []).map { entry in
            let value = entry["value"]?.double.map { NumberText.shortest(($0 * 1e4).rounded() / 1e4) }
            return (
                at: entry["at"]?.string ?? "?", to: entry["to"]?.string ?? "",
                value: value ?? entry["value"]?.scalarText ?? ""
            )
        }
        let times = entries.map { Time(rfc3339: $0.at) ?? .earliest }
        return entries.indices.sorted { (times[$0], $0) < (times[$1], $1) }.map { entries[$0] }
    }
}

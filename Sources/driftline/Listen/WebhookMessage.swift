import JSON

/// The body of a delivery, in lines for people.
struct WebhookMessage {
    private let document: JSONNode
    private let size: Int

    /// Reads a body; one that is not JSON has a line of its own.
    init(_ body: [UInt8]) {
        size = body.count
        do { document = try JSONNode(parsing: body) } catch { document = .null }
    }

    /// What the delivery is about.
    var title: String {
        if let request = retraining {
            return "retraining requested of \(Self.text(request["model"])) by policy \(Self.text(request["policy"]))"
        }
        guard let alerts = document["alerts"]?.elements else { return other }
        let group = Self.labels(document["groupLabels"], without: [])
        let replayed = isReplayed ? ", REPLAYED" : ""
        return "\(alerts.count) alert\(alerts.count == 1 ? "" : "s")\(group.isEmpty ? "" : " of \(group)")\(replayed)"
    }

    /// A line or two for each alert, or for a request what it asks.
    var lines: [String] {
        if let request = retraining { return Self.lines(ofRequest: request) }
        return (document["alerts"]?.elements ?? []).flatMap(Self.lines(ofAlert:))
    }

    /// What a request for retraining says; nil for another message.
    var retraining: JSONNode? {
        guard document["type"]?.string == "driftline.retraining.requested" else { return nil }
        return document["data"] ?? .object([])
    }

    private var other: String {
        if let type = document["type"]?.string { return PlainText.line("\(type), \(size) bytes") }
        return document.isNull ? "\(size) bytes that are not JSON" : "JSON of \(size) bytes in a form of its own"
    }

    private var isReplayed: Bool {
        document["replayed"]?.bool == true || document["commonLabels"]?["replayed"]?.scalarText == "true"
    }

    private static func lines(ofAlert alert: JSONNode) -> [String] {
        let name = text(alert["labels"]?["alertname"])
        let isFiring = alert["status"]?.string != "resolved"
        let end = isFiring ? nil : alert["endsAt"]?.string
        let labels = labels(alert["labels"], without: ["alertname"])
        let span = "since \(text(alert["startsAt"]))" + (end.map { ", until \(PlainText.line($0))" } ?? "")
        let annotations = alert["annotations"]
        let summary = annotations?["summary"]?.string ?? annotations?["description"]?.string
        let head = "\(isFiring ? "FIRING  " : "resolved")  \(name)  \(labels)  \(span)"
        return [head] + (summary.map { ["          \(PlainText.line($0))"] } ?? [])
    }

    private static func lines(ofRequest request: JSONNode) -> [String] {
        let reasons = (request["reason"]?.elements ?? []).map { reason -> String in
            let name = reason["labels"]?["alertname"] ?? reason["alertname"] ?? reason
            let labels = labels(reason["labels"], without: ["alertname", "model"])
            return text(name) + (labels.isEmpty ? "" : " {\(labels)}")
        }
        let reason = reasons.isEmpty ? text(request["reason"]) : reasons.joined(separator: ", ")
        return [
            "run       \(text(request["run_id"]))", "version   \(text(request["model_version"]))",
            "reason    \(PlainText.line(reason))", "rows      \(text(request["rows_url"]))",
            "callback  \(text(request["callback_url"]))",
        ]
    }

    private static func labels(_ labels: JSONNode?, without hidden: [String]) -> String {
        let shown = (labels?.members ?? []).filter { !hidden.contains($0.name) }
        return PlainText.line(shown.map { "\($0.name)=\($0.value.scalarText ?? "")" }.joined(separator: " "))
    }

    private static func text(_ node: JSONNode?) -> String {
        PlainText.line(node?.scalarText ?? "-")
    }
}

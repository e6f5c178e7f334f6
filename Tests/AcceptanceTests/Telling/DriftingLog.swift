import Foundation
import JSON

/// A log of a model whose two features move away from the reference in some hours.
struct DriftingLog {
    /// The hours in which a feature is far from the reference, counted from the beginning.
    let drifted: [String: [Range<Int>]]

    /// How many hours it has.
    let hours: Int

    static let model = "watched"
    static let start = "2026-01-01"

    /// A rule that fires on windows that lie in a drifted hour.
    static let rules = """
        groups:
          - name: drift
            interval: 1h
            rules:
              - alert: ShapeMoved
                expr: driftline_ks{window="1h", segment="", version=""} >= 0.9
                annotations: {summary: "{{ $labels.feature }} has moved"}
        """

    /// The files of a service that watches the log and tells a receiver, each feature's alerts by themselves.
    static func files(telling receiver: WebhookReceiver, timeout: String) -> Service.Files {
        Service.Files(
            rules: rules,
            notifications: """
                route: {receiver: team, group_by: [model, alertname, feature], group_wait: 0s, group_interval: 1m, repeat_interval: 30d}
                receivers:
                  - name: team
                    webhook_configs: [{url: "\(receiver.url("/hook"))", signing_secret: "\(WebhookReceiver.secret)", timeout: \(timeout)}]
                outgoing: {allow_addresses: [127.0.0.0/8]}
                """)
    }

    /// The model, in the form of `PUT /v1/models/{model}`.
    static let settings: JSONNode = [
        "task": "none", "features": ["x": ["type": "numeric"], "y": ["type": "numeric"]],
        "windows": [["length": "1h", "step": "1h"]],
    ]

    /// The reference as CSV.
    static var reference: String { "x,y\n" + (0..<200).map { "\(Double($0) / 200),\(Double($0) / 200)\n" }.joined() }

    /// The event time of an hour.
    static func time(_ hour: Int, second: Int = 0) -> String {
        Date(timeIntervalSince1970: 1_767_225_600 + Double(hour * 3600 + second)).ISO8601Format()
    }

    /// The predictions of some hours as CSV.
    func predictions(_ range: Range<Int>) -> String {
        var text = "prediction_id,timestamp,x,y\n"
        for hour in range {
            for row in 0..<20 {
                let values = ["x", "y"].map { Double(row) / 20 + (isDrifted($0, hour) ? 5 : 0) }
                text += "p\(hour)-\(row),\(Self.time(hour, second: row * 60)),\(values[0]),\(values[1])\n"
            }
        }
        return text
    }

    private func isDrifted(_ feature: String, _ hour: Int) -> Bool {
        (drifted[feature] ?? []).contains { $0.contains(hour) }
    }

    /// What an alert about a feature must go through: it fires at the end of the first window that has drifted, and is
    /// over at the end of the first that has not.
    func changes(_ feature: String) -> [AlertHistory.Change] {
        (drifted[feature] ?? []).flatMap { range in
            [AlertHistory.Change(at: Self.time(range.lowerBound + 1), to: "firing")]
                + (range.upperBound < hours
                    ? [AlertHistory.Change(at: Self.time(range.upperBound + 1), to: "resolved")] : [])
        }
    }

    /// Writes the files of a replay into a folder.
    func write(to folder: String) throws {
        for (name, bytes) in [
            ("schema.json", Self.settings.bytes), ("reference.csv", Array(Self.reference.utf8)),
            ("predictions.csv", Array(predictions(0..<hours).utf8)),
        ] {
            try Data(bytes).write(to: URL(filePath: "\(folder)/\(name)"))
        }
    }

    /// The command that replays the files of a folder.
    static func replay(from folder: String, to client: ServiceClient) -> [String] {
        [
            "replay", "--quiet", "--model", model, "--url", client.url, "--schema", "\(folder)/schema.json",
            "--reference", "\(folder)/reference.csv", "--predictions", "\(folder)/predictions.csv",
        ]
    }

    /// Makes the model with its reference.
    static func prepare(_ client: ServiceClient) async throws {
        try await client.call("PUT", "/v1/models/\(model)", settings)
        try await client.call("PUT", "/v1/models/\(model)/references/training", csv: reference)
    }

    /// Sends some hours, states them complete and waits until the rules have seen their end.
    func live(through range: Range<Int>, on client: ServiceClient) async throws {
        let path = "/v1/models/\(Self.model)"
        try await client.call("POST", "\(path)/predictions", csv: predictions(range))
        let end = Self.time(range.upperBound)
        try await client.call("POST", "\(path)/watermark", ["to": .string(end)])
        let isJudged = try await Waiting.until(within: .seconds(30)) {
            try await client.call("GET", path)["evaluated_to"]?.string ?? "" >= end
        }
        guard isJudged else { throw Unexpected(description: "the rules have not come to \(end)") }
    }
}

import Alerting
import App
import HTTPTypes
import JSON
import Logging
import Monitoring
import Testing

/// A service with one model in hours, rules and routes, and an evaluator that the test moves by hand.
struct AlertingFixture {
    let service: ServiceFixture
    private var state = RuleEvaluator.State()
    private let evaluator: RuleEvaluator
    private let settings: NotificationSettings

    /// The first instant of the model's event time, a month before the wall clock.
    static let start = ServiceFixture.start - .days(30)

    static func time(_ hours: Double) -> Time {
        start + PrometheusDuration(microseconds: Int64(hours * 3_600_000_000))
    }

    init(
        _ service: ServiceFixture, rules: String,
        routes: String = "{receiver: team, group_wait: 0s, group_interval: 1h}",
        inhibit: String = "[]", intervals: String = "[]", model: String = "",
        features: String = #"{"x":{"type":"numeric"}}"#
    ) async throws {
        self.service = service
        settings = try NotificationSettings(
            file: "n.yaml",
            text: """
                route: \(routes)
                receivers: [{name: team, webhook_configs: [{url: "http://127.0.0.1:9993/x"}]}, {name: other, webhook_configs: [{url: "http://127.0.0.1:9993/y"}]}]
                inhibit_rules: \(inhibit)
                time_intervals: \(intervals)
                """)
        evaluator = RuleEvaluator(
            store: service.store, models: service.models, peers: service.peers, settings: service.active,
            counters: service.counters,
            holder: "test", mostAge: .zero, now: { service.time.now },
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        let made = try await service.call(
            .put, "/v1/models/m",
            #"{"task":"binary","features":\#(features),"classes":["0","1"],"positive_class":"1","windows":[{"length":"1h","step":"1h"}]\#(model)}"#
        )
        #expect(made.status < 300, "\(made)")
        let text = "groups:\n- name: g\n  interval: 1h\n  rules:\n" + rules
        try await put(rules.isEmpty ? nil : text)
    }

    /// Puts a rule file with the group `g` in force, and the routes, which a change of the rules reads from files anew.
    func put(_ text: String?, file: String = "r.yaml") async throws {
        if let text {
            let answer = try await service.call(
                .put, "/v1/rules/api/\(file)/g", text, type: "application/yaml")
            #expect(answer.status < 300, "\(answer)")
        }
        service.active.replace { $0.notifications = settings }
    }

    /// Sends rows of one hour, some minutes after it began, all predicted as class 1.
    func rows(_ count: Int, hour: Int, tag: String = "") async throws {
        let lines = (0..<count).map { row in
            #"{"prediction_id":"\#(hour)-\#(tag)\#(row)","timestamp":"\#(Self.time(Double(hour) + 0.1).rfc3339)","features":{"x":\#(row)},"prediction":"1"}"#
        }
        let answer = try await service.call(
            .post, "/v1/models/m/predictions", lines.joined(separator: "\n"), type: "application/x-ndjson")
        #expect(answer.status == 200, "\(answer)")
    }

    /// Sends labels of rows of one hour, known at a time.
    func labels(_ rows: Range<Int>, actual: String, hour: Int, knownAt: Double) async throws {
        let lines = rows.map { row in
            #"{"prediction_id":"\#(hour)-\#(row)","actual":"\#(actual)","timestamp":"\#(Self.time(knownAt).rfc3339)"}"#
        }
        let answer = try await service.call(
            .post, "/v1/models/m/labels", lines.joined(separator: "\n"), type: "application/x-ndjson")
        #expect(answer.status == 200, "\(answer)")
    }

    /// States that event time has come to an hour, and lets the rules see it.
    mutating func reach(_ hour: Double) async throws {
        try await service.call(.post, "/v1/models/m/watermark", #"{"to":"\#(Self.time(hour).rfc3339)"}"#)
        try await judge()
    }

    /// Lets the evaluator look, after some seconds of the wall clock.
    mutating func judge(after seconds: Int64 = 0) async throws {
        service.time.set(service.time.now + PrometheusDuration(microseconds: seconds * 1_000_000))
        try await evaluator.judgeAll(&state)
    }

    /// Forgets everything that is not in the database, as a restart or a take-over does.
    mutating func restart() {
        state = RuleEvaluator.State()
    }

    /// The alert of a name with its history.
    func alert(_ name: String) async throws -> JSONNode {
        let list = try await service.call(.get, "/v1/alerts").body["alerts"]?.elements ?? []
        guard let print = list.first(where: { $0["alertname"]?.string == name })?["fingerprint"]?.string else {
            return .null
        }
        return try await service.call(.get, "/v1/alerts/\(print)").body
    }

    /// What is to be told so far, oldest first, as the receiver, the status, the reason and the names of the alerts.
    func told() async throws -> [String] {
        let answer = try await service.call(.get, "/v1/deliveries").body
        return try (answer["deliveries"]?.elements ?? []).sorted { left, right in
            (left["event_time"]?.string ?? "", left["id"]?.string ?? "") < (
                right["event_time"]?.string ?? "", right["id"]?.string ?? ""
            )
        }
        .map { delivery in
            let body = try JSONNode(parsing: delivery["body"]?.string ?? "")
            let names = (body["alerts"]?.elements ?? []).compactMap { $0["labels"]?["alertname"]?.string }
            let words = [
                delivery["receiver"]?.string ?? "", body["status"]?.string ?? "",
                body["notification_reason"]?.string ?? "",
            ]
            return (words + names).joined(separator: " ")
        }
    }
}

extension JSONNode {
    /// The changes of a history as `from>to`.
    var changes: [String] {
        (self["history"]?.elements ?? []).map { "\($0["from"]?.string ?? "")>\($0["to"]?.string ?? "")" }
    }
}

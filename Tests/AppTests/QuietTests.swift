import Alerting
import App
import Foundation
import HTTPTypes
import JSON
import Logging
import Monitoring
import Testing

/// Silences, inhibition and alerts of others, through Alertmanager's interface to what would be sent.
@Suite(.timeLimit(.minutes(15)))
struct QuietTests {
    /// Settings in force, and an evaluator that a test moves by hand.
    private struct Evening {
        let service: ServiceFixture
        private var state = RuleEvaluator.State()
        private let evaluator: RuleEvaluator

        init(_ service: ServiceFixture, inhibit: String = "[]") throws {
            self.service = service
            let settings = try NotificationSettings(
                file: "n.yaml",
                text: """
                    route: {receiver: team, group_by: [alertname, model], group_wait: 0s, group_interval: 1s}
                    receivers: [{name: team, webhook_configs: [{url: "http://127.0.0.1:9993/x"}]}]
                    inhibit_rules: \(inhibit)
                    """)
            service.active.replace { $0.notifications = settings }
            evaluator = RuleEvaluator(
                store: service.store, models: service.models, peers: service.peers, settings: service.active,
                counters: service.counters,
                holder: "test", mostAge: .zero, now: { service.time.now },
                logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        }

        /// Moves the wall clock and lets the evaluator look; returns what is to be told by now, oldest first.
        mutating func told(after seconds: Int64 = 0) async throws -> [String] {
            service.time.set(service.time.now + PrometheusDuration(microseconds: seconds * 1_000_000))
            try await evaluator.judgeAll(&state)
            let answer = try await service.call(.get, "/v1/deliveries").body
            return try (answer["deliveries"]?.elements ?? []).sorted {
                ($0["sequence"]?.int64 ?? 0, $0["id"]?.string ?? "") < (
                    $1["sequence"]?.int64 ?? 0, $1["id"]?.string ?? ""
                )
            }
            .map { delivery in
                let body = try JSONNode(parsing: delivery["body"]?.string ?? "")
                let names = (body["alerts"]?.elements ?? []).compactMap { $0["labels"]?["alertname"]?.string }
                return "\(body["status"]?.string ?? "") \(names.joined(separator: " "))"
            }
        }

        func post(_ name: String, endsIn seconds: Int64 = 300) async throws {
            let end = (service.time.now + PrometheusDuration(microseconds: seconds * 1_000_000)).rfc3339
            let answer = try await service.call(
                .post, "/api/v2/alerts", #"[{"labels":{"alertname":"\#(name)","model":"m"},"endsAt":"\#(end)"}]"#)
            #expect(answer.status == 200)
        }

        func silence(_ name: String, seconds: Int64) async throws -> String {
            let (start, end) = (
                service.time.now, service.time.now + PrometheusDuration(microseconds: seconds * 1_000_000)
            )
            let answer = try await service.call(
                .post, "/api/v2/silences",
                #"{"matchers":[{"name":"alertname","value":"\#(name)","isRegex":false}],"startsAt":"\#(start.rfc3339)","endsAt":"\#(end.rfc3339)","createdBy":"me","comment":"c"}"#
            )
            #expect(answer.status == 200, "\(answer)")
            return try #require(answer.body["silenceID"]?.string)
        }
    }

    @Test func `a posted alert is told, and told as resolved when its end has passed`() async throws {
        try await ServiceFixture.with { service in
            var evening = try Evening(service)
            try await evening.post("A", endsIn: 60)
            #expect(try await evening.told() == ["firing A"])
            #expect(try await evening.told(after: 30) == ["firing A"])
            #expect(try await evening.told(after: 31) == ["firing A", "resolved A"])
            #expect(try await evening.told(after: 3600) == ["firing A", "resolved A"])
        }
    }

    @Test func `a silence keeps an alert quiet, and its end tells of it at once`() async throws {
        try await ServiceFixture.with { service in
            var evening = try Evening(service)
            let id = try await evening.silence("A", seconds: 3600)
            try await evening.post("A", endsIn: 3600)
            #expect(try await evening.told(after: 2) == [])
            let listed = try await service.call(.get, "/api/v2/alerts").body.elements?.first
            #expect(listed?["status"]?["state"]?.string == "suppressed")
            #expect(listed?["status"]?["silencedBy"]?.elements?.first?.string == id)
            #expect(try await service.call(.get, "/api/v2/alerts?silenced=false").body.elements?.isEmpty == true)
            #expect(try await service.call(.delete, "/api/v2/silence/\(id)").status == 200)
            #expect(try await service.call(.delete, "/api/v2/silence/\(id)").status == 400)
            #expect(try await evening.told() == ["firing A"])
        }
    }

    @Test func `a silence that runs out by itself tells of what it kept quiet`() async throws {
        try await ServiceFixture.with { service in
            var evening = try Evening(service)
            _ = try await evening.silence("A", seconds: 60)
            try await evening.post("A", endsIn: 3600)
            #expect(try await evening.told(after: 59) == [])
            #expect(try await evening.told(after: 1) == ["firing A"])
        }
    }

    @Test func `an alert that inhibits another is told, and the other once it has gone`() async throws {
        try await ServiceFixture.with { service in
            var evening = try Evening(
                service,
                inhibit:
                    "[{source_matchers: ['alertname=\"Cause\"'], target_matchers: ['alertname=\"A\"'], equal: [model]}]"
            )
            try await evening.post("Cause", endsIn: 60)
            try await evening.post("A", endsIn: 3600)
            #expect(try await evening.told() == ["firing Cause"])
            let alerts = try await service.call(.get, "/api/v2/alerts?inhibited=true&filter=alertname=A").body
            #expect(alerts.elements?.first?["status"]?["inhibitedBy"]?.elements?.count == 1)
            #expect(try await evening.told(after: 61).sorted() == ["firing A", "firing Cause", "resolved Cause"])
        }
    }

    @Test func `other matchers make another silence of a changed one`() async throws {
        try await ServiceFixture.with { service in
            let evening = try Evening(service)
            let id = try await evening.silence("A", seconds: 60)
            let (start, end) = (service.time.now.rfc3339, (service.time.now + .hours(1)).rfc3339)
            func change(_ name: String) async throws -> String? {
                try await service.call(
                    .post, "/api/v2/silences",
                    #"{"id":"\#(id)","matchers":[{"name":"alertname","value":"\#(name)"}],"startsAt":"\#(start)","endsAt":"\#(end)","createdBy":"","comment":""}"#
                ).body["silenceID"]?.string
            }
            #expect(try await change("A") == id)
            let other = try await change("B")
            #expect(other != nil && other != id)
            let states = try await service.call(.get, "/api/v2/silences").body.elements ?? []
            #expect(Set(states.compactMap { $0["status"]?["state"]?.string }) == ["active", "expired"])
        }
    }

    @Test(arguments: [
        ("silences", #"{"matchers":[],"startsAt":"2026-03-01T00:00:00Z","endsAt":"2026-03-02T00:00:00Z"}"#, 400),
        (
            "silences",
            #"{"matchers":[{"name":"a","value":""}],"startsAt":"2026-03-01T00:00:00Z","endsAt":"2026-03-02T00:00:00Z"}"#,
            400
        ),
        (
            "silences",
            #"{"matchers":[{"name":"a","value":"(","isRegex":true}],"startsAt":"2026-03-01T00:00:00Z","endsAt":"2026-03-02T00:00:00Z"}"#,
            400
        ),
        (
            "silences",
            #"{"matchers":[{"name":"a","value":"b"}],"startsAt":"2026-03-02T00:00:00Z","endsAt":"2026-03-01T00:00:00Z"}"#,
            400
        ),
        (
            "silences",
            #"{"matchers":[{"name":"a","value":"b"}],"startsAt":"2020-03-02T00:00:00Z","endsAt":"2020-03-03T00:00:00Z"}"#,
            400
        ),
        (
            "silences",
            #"{"id":"nobody","matchers":[{"name":"a","value":"b"}],"startsAt":"2026-03-01T00:00:00Z","endsAt":"2026-03-03T00:00:00Z"}"#,
            404
        ),
        ("silences", "[", 400), ("alerts", #"{}"#, 400), ("alerts", #"[{"labels":{}}]"#, 400),
        ("alerts", #"[{"labels":{"a-b":"c"}}]"#, 400), ("alerts", #"[{"labels":{"a":1}}]"#, 400),
        ("alerts", #"[{"labels":{"a":"b"},"startsAt":"2026-03-02T00:00:00Z","endsAt":"2026-03-01T00:00:00Z"}]"#, 400),
        ("alerts", #"[{"labels":{"a":"b"},"startsAt":"soon"}]"#, 400), ("alerts", "[]", 200),
    ])
    func `what is wrong is refused`(path: String, body: String, status: Int) async throws {
        try await ServiceFixture.with { service in
            let answer = try await service.call(.post, "/api/v2/" + path, body)
            #expect(answer.status == status)
        }
    }

    @Test func `valid alerts are taken beside wrong ones`() async throws {
        try await ServiceFixture.with { service in
            let answer = try await service.call(
                .post, "/api/v2/alerts", #"[{"labels":{}},{"labels":{"alertname":"A"}}]"#)
            #expect(answer.status == 400)
            #expect(try await service.call(.get, "/api/v2/alerts").body.elements?.count == 1)
        }
    }
}

import Alerting
import App
import Foundation
import HTTPTypes
import JSON
import Logging
import Monitoring
import Testing

/// Models of which only the clock goes on are not looked at until something is due; nothing is told otherwise for that.
@Suite(.timeLimit(.minutes(15)))
struct RestingTests {
    /// A live model, rules of every kind that depend on more than new values, and an evaluator that the test moves by hand.
    private struct Watch {
        let service: ServiceFixture
        /// Whether everything is looked at every time.
        let looksAlways: Bool
        private var state = RuleEvaluator.State()
        private let evaluator: RuleEvaluator

        private static let groups = [
            "g": """
              interval: 1m
              rules:
              - {alert: Held, expr: 'driftline_predictions{window="1h",segment="",version=""} < 20', for: 90s, keep_firing_for: 100s}
              - {alert: Late, expr: 'driftline_mean{feature="x",segment="",version=""} > 5'}
              - {alert: Wrong, expr: 'driftline_rmse{segment="",version=""} > 3'}
              - {alert: Gone, expr: 'absent(driftline_mean{feature="x",segment="",version=""})', for: 30s}
            """,
            "slow": """
              interval: 7m
              rules:
              - {alert: Slow, expr: 'driftline_predictions{window="1h",segment="",version=""} < 30', for: 10m}
            """,
            "clock": """
              interval: 1m
              rules:
              - {alert: Minute, expr: 'minute() % 7 == 3'}
            """,
        ]

        init(_ service: ServiceFixture, looksAlways: Bool) async throws {
            self.service = service
            self.looksAlways = looksAlways
            evaluator = RuleEvaluator(
                store: service.store, models: service.models, peers: service.peers, settings: service.active,
                counters: service.counters, holder: "test", mostAge: .zero, now: { service.time.now },
                logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
            let made = try await service.call(
                .put, "/v1/models/m",
                """
                {"task": "regression", "features": {"x": {"type": "numeric"}}, "label_horizon": "30m",
                 "windows": [{"length": "1h", "step": "10m"}]}
                """)
            #expect(made.status < 300, "\(made)")
            for (name, text) in Self.groups {
                let put = try await service.call(
                    .put, "/v1/rules/api/\(name).yaml/\(name)", "groups:\n- name: \(name)\n" + text,
                    type: "application/yaml")
                #expect(put.status < 300, "\(put)")
            }
        }

        mutating func step(to time: Time, rows: [String], labels: [String] = []) async throws {
            service.time.set(time)
            if !rows.isEmpty {
                let body = "prediction_id,timestamp,x,prediction\n" + rows.joined(separator: "\n")
                let sent = try await service.call(.post, "/v1/models/m/predictions", body, type: "text/csv")
                #expect(sent.status == 200, "\(sent)")
            }
            if !labels.isEmpty {
                let body = "prediction_id,actual\n" + labels.joined(separator: "\n")
                let sent = try await service.call(.post, "/v1/models/m/labels", body, type: "text/csv")
                #expect(sent.status == 200, "\(sent)")
            }
            if looksAlways { service.active.replace { _ in } }
            try await evaluator.judgeAll(&state)
        }

        func history() async throws -> [String] {
            var entries: [String] = []
            for alert in try await service.call(.get, "/v1/alerts").body["alerts"]?.elements ?? [] {
                let print = alert["fingerprint"]?.string ?? ""
                let name = alert["alertname"]?.string ?? ""
                for entry in try await service.call(.get, "/v1/alerts/\(print)").body["history"]?.elements ?? [] {
                    let words = ["at", "from", "to", "health"].map { entry[$0]?.string ?? "" }
                    entries.append(name + " " + words.joined(separator: " "))
                }
            }
            return entries.sorted()
        }

        func evaluatedTo() async throws -> String? {
            try await service.call(.get, "/v1/models/m").body["evaluated_to"]?.string
        }
    }

    /// When is looked, and what comes just before.
    private static func steps(_ seed: UInt64) -> [(time: Time, rows: [String], labels: [String])] {
        var random = DayOfRows.Seeded(state: seed)
        var time = ServiceFixture.start
        return (0..<160).map { step in
            time = time + PrometheusDuration(microseconds: Int64.random(in: 1...75_000, using: &random) * 1000)
            // Labels of rows that came a while ago, or never: in time to judge their windows again, or too late for that.
            let labels = (0..<3).map { "\(step / 2 + Int.random(in: 0..<6, using: &random))-\($0),\(step / 20)" }
            guard step == 0 || Int.random(in: 0..<5, using: &random) == 0 else {
                return (time, [], Int.random(in: 0..<3, using: &random) == 0 ? labels : [])
            }
            let late = Int.random(in: 0..<3, using: &random) == 0 ? Int64.random(in: 0..<3000, using: &random) : 0
            let event = time - PrometheusDuration(microseconds: late * 1_000_000)
            let rows = (0..<3).map { "\(step)-\($0),\(event.rfc3339),\(Int.random(in: 0...12, using: &random)),\($0)" }
            return (time, rows, [])
        }
    }

    @Test(arguments: 0..<4)
    func `a model that rests is told of as one that is looked at all the time`(seed: UInt64) async throws {
        let steps = Self.steps(seed)
        try await ServiceFixture.with { one in
            try await ServiceFixture.with { other in
                var resting = try await Watch(one, looksAlways: false)
                var watched = try await Watch(other, looksAlways: true)
                for step in steps {
                    try await resting.step(to: step.time, rows: step.rows, labels: step.labels)
                    try await watched.step(to: step.time, rows: step.rows, labels: step.labels)
                    #expect(try await resting.evaluatedTo() == watched.evaluatedTo())
                }
                let (left, right) = (try await resting.history(), try await watched.history())
                #expect(left == right)
                #expect(left.contains { $0.hasPrefix("Minute") && $0.contains("firing") })
                #expect(left.contains { $0.hasPrefix("Held") && $0.contains("firing") })
                #expect(left.contains { $0.hasPrefix("Wrong") && $0.contains("firing") })
            }
        }
    }

    @Test func `what waits for a time between two slots fires at the next slot, however often is looked`() async throws
    {
        try await ServiceFixture.with { service in
            var watch = try await Watch(service, looksAlways: false)
            let start = ServiceFixture.start
            // The rows leave the window an hour later.
            let rows = (0..<20).map { "\($0),\((start - PrometheusDuration(microseconds: 60_000_000)).rfc3339),1,1" }
            try await watch.step(to: start, rows: rows)
            let seconds =
                Array(stride(from: Int64(60), to: 3500, by: 60))
                + Array(stride(from: Int64(3505), through: 3900, by: 5))
            for second in seconds {
                try await watch.step(to: start + PrometheusDuration(microseconds: second * 1_000_000), rows: [])
            }
            let history = try await watch.history().filter { $0.hasPrefix("Held") }
            let (pending, fired) = (
                history.filter { $0.contains("inactive pending") }, history.filter { $0.contains("pending firing") }
            )
            let slots = [pending, fired].compactMap { Time(rfc3339: String($0.first?.split(separator: " ")[1] ?? "")) }
            try #require(slots.count == 2)
            // 90 s after the condition became true, at the next whole minute.
            #expect(slots[1] - slots[0] == PrometheusDuration(microseconds: 120_000_000))
        }
    }
}

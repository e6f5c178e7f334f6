import Alerting
import App
import HTTPTypes
import JSON
import Logging
import Monitoring
import Testing

/// A live model is looked at many times between two slots; what comes due there is judged at the later one.
@Suite(.timeLimit(.minutes(15)))
struct SlotTimingTests {
    /// A live model with a rule, and an evaluator that the test moves by hand.
    private struct Watch {
        let service: ServiceFixture
        private var state = RuleEvaluator.State()
        private let evaluator: RuleEvaluator

        init(_ service: ServiceFixture, rule: String) async throws {
            self.service = service
            evaluator = RuleEvaluator(
                store: service.store, models: service.models, peers: service.peers, settings: service.active,
                counters: service.counters, holder: "test", mostAge: .zero, now: { service.time.now },
                logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
            let made = try await service.call(
                .put, "/v1/models/m",
                #"{"task":"none","features":{"x":{"type":"numeric"}},"windows":[{"length":"1h","step":"10m"}]}"#)
            #expect(made.status < 300, "\(made)")
            let put = try await service.call(
                .put, "/v1/rules/api/g.yaml/g", "groups:\n- name: g\n  interval: 1m\n  rules:\n  - \(rule)\n",
                type: "application/yaml")
            #expect(put.status < 300, "\(put)")
        }

        /// Looks every five seconds from the start on.
        mutating func look(from first: Int64, through last: Int64, rowsAt: Int64? = nil, rows: [String] = [])
            async throws
        {
            for second in stride(from: first, through: last, by: 5) {
                service.time.set(ServiceFixture.start + PrometheusDuration(microseconds: second * 1_000_000))
                if second == rowsAt ?? first, !rows.isEmpty {
                    let body = "prediction_id,timestamp,x\n" + rows.joined(separator: "\n")
                    let sent = try await service.call(.post, "/v1/models/m/predictions", body, type: "text/csv")
                    #expect(sent.status == 200, "\(sent)")
                }
                try await evaluator.judgeAll(&state)
            }
        }

        /// When the only alert came into a state the first time, in seconds since the start.
        func reached(_ verdict: String) async throws -> Int64? {
            let alerts = try await service.call(.get, "/v1/alerts").body["alerts"]?.elements ?? []
            guard let print = alerts.first?["fingerprint"]?.string else { return nil }
            let history = try await service.call(.get, "/v1/alerts/\(print)").body["history"]?.elements ?? []
            let times = history.filter { $0["to"]?.string == verdict }.compactMap { $0["at"]?.string }
            return times.compactMap { Time(rfc3339: $0) }.min().map {
                ($0 - ServiceFixture.start).microseconds / 1_000_000
            }
        }
    }

    private static func row(_ name: String, at second: Int64, _ value: Int) -> String {
        let time = ServiceFixture.start + PrometheusDuration(microseconds: second * 1_000_000)
        return "\(name),\(time.rfc3339),\(value)"
    }

    @Test func `for: of ninety seconds at a slot every minute fires at the second slot`() async throws {
        try await ServiceFixture.with { service in
            var watch = try await Watch(
                service,
                rule: #"{alert: Few, expr: 'driftline_predictions{segment="",version=""} < 6', for: 90s}"#)
            try await watch.look(from: 0, through: 1500, rows: [Self.row("a", at: -60, 1)])
            let pending = try #require(try await watch.reached("pending"))
            #expect(try await watch.reached("firing") == pending + 120)
        }
    }

    @Test func `a row that comes late for a window that is over is judged at the next slot`() async throws {
        try await ServiceFixture.with { service in
            var watch = try await Watch(
                service, rule: #"{alert: High, expr: 'driftline_mean{feature="x",segment="",version=""} > 5'}"#)
            try await watch.look(from: 0, through: 700, rows: [Self.row("a", at: -60, 1)])
            #expect(try await watch.reached("firing") == nil)
            try await watch.look(from: 705, through: 900, rowsAt: 755, rows: [Self.row("late", at: -30, 100)])
            #expect(try await watch.reached("firing") == 780)
        }
    }
}

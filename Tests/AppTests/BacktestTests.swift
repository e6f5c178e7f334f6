import Alerting
import App
import HTTPTypes
import JSON
import Logging
import Monitoring
import Testing

/// What rules would have done is what they did.
@Suite(.timeLimit(.minutes(15)))
struct BacktestTests {
    private static let rules = """
        groups:
        - name: g
          interval: 1h
          rules:
          - alert: Shift
            expr: driftline_ks{segment="",version="",feature="x"} > 0.4
            for: 2h
            keep_firing_for: 3h
            annotations: {summary: 'KS {{ $value }}'}
          - alert: Decay
            expr: driftline_accuracy{segment="",version=""} < 0.6 and driftline_labels{segment="",version=""} > 4
          - record: m:rows
            expr: sum by (model) (driftline_predictions{segment="",version="",window="6h"})
          - alert: Busy
            expr: max_over_time(m:rows[3h]) > 7
          - alert: Drifted
            expr: driftline_psi{segment="",version=""} and driftline_drifted{measure="psi"} == 1
        """

    private static func time(_ hour: Int) -> Time {
        ServiceFixture.start - .days(30) + .hours(Int64(hour))
    }

    /// Puts the rules in force, if they are wanted, then the routes, which a change of the rules reads from files anew.
    private static func prepare(_ service: ServiceFixture, withRules: Bool = true) async throws {
        if withRules {
            let put = try await service.call(.put, "/v1/rules/api/r.yaml/g", rules, type: "application/yaml")
            #expect(put.status < 300, "\(put)")
        }
        service.active.replace { snapshot in
            do {
                snapshot.notifications = try NotificationSettings(
                    file: "n.yaml",
                    text: """
                        route: {receiver: team, group_by: [alertname], group_wait: 30m, group_interval: 1h, repeat_interval: 6h}
                        receivers: [{name: team, webhook_configs: [{url: "http://127.0.0.1:9993/x"}]}]
                        inhibit_rules: [{source_matchers: ['alertname="Shift"'], target_matchers: ['alertname="Busy"'], equal: [model]}]
                        outgoing: {allow_addresses: [127.0.0.0/8]}
                        """)
                snapshot.retraining = try RetrainingSettings(
                    file: "r.yaml",
                    text: """
                        policies:
                        - name: p
                          model: m
                          matchers: ['alertname="Shift"']
                          cooldown: 30d
                          on_replay: true
                          launcher: {webhook: {url: "http://127.0.0.1:9993/x"}}
                        """)
            } catch {
                Issue.record(error)
            }
        }
        try await service.call(
            .put, "/v1/models/m",
            #"{"task":"binary","features":{"x":{"type":"numeric"}},"classes":["0","1"],"positive_class":"1","windows":[{"length":"6h","step":"1h"},{"length":"1d","step":"6h"}]}"#
        )
        let rows = (0..<200).map { "\(Double($0 % 50) / 50),1,1" }.joined(separator: "\n")
        let put = try await service.call(
            .put, "/v1/models/m/references/training", "x,prediction,actual\n" + rows, type: "text/csv")
        #expect(put.status < 300, "\(put)")
    }

    /// Hour by hour: rows, the labels that became known by then, the watermark, and the rules.
    private static func live(_ service: ServiceFixture, hours: Int) async throws {
        var state = RuleEvaluator.State()
        let evaluator = RuleEvaluator(
            store: service.store, models: service.models, peers: service.peers, settings: service.active,
            counters: service.counters,
            holder: "test", mostAge: .zero, now: { service.time.now },
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        for hour in 0..<hours {
            let isShifted = (20..<40).contains(hour)
            let rows = (0..<(isShifted ? 2 : 1)).map { row in
                let value = isShifted ? 0.9 + Double(row) / 50 : Double((hour * 7 + row) % 50) / 50
                return
                    #"{"prediction_id":"\#(hour)-\#(row)","timestamp":"\#((time(hour) + PrometheusDuration(microseconds: 60_000_000)).rfc3339)","features":{"x":\#(value)},"prediction":"1"}"#
            }
            let sent = try await service.call(
                .post, "/v1/models/m/predictions", rows.joined(separator: "\n"), type: "application/x-ndjson")
            #expect(sent.status == 200, "\(sent)")
            // Labels become known two hours and a half after their prediction.
            let labelled = hour - 2
            if labelled >= 0 {
                let count = (20..<40).contains(labelled) ? 2 : 1
                let labels = (0..<count).map { row in
                    let actual = (20..<40).contains(labelled) ? "0" : "1"
                    return
                        #"{"prediction_id":"\#(labelled)-\#(row)","actual":"\#(actual)","timestamp":"\#((time(hour) + PrometheusDuration(microseconds: 1_800_000_000)).rfc3339)"}"#
                }
                let known = try await service.call(
                    .post, "/v1/models/m/labels", labels.joined(separator: "\n"), type: "application/x-ndjson")
                #expect(known.status == 200, "\(known)")
            }
            try await service.call(.post, "/v1/models/m/watermark", #"{"to":"\#(time(hour + 1).rfc3339)"}"#)
            try await evaluator.judgeAll(&state)
        }
    }

    /// Corrections are looked for in what was lived through, not in what is tried.
    private static func isJudgement(_ node: JSONNode) -> Bool { node["to"]?.string != "corrected" }

    private static func entry(_ node: JSONNode) -> String {
        ["at", "from", "to", "health", "reason"].map { node[$0]?.string ?? "" }.joined(separator: " ")
            + " \(node["value"]?.double.map { "\($0)" } ?? "")"
    }

    @Test func `a backtest over a replayed log tells what the replay did`() async throws {
        try await ServiceFixture.with { service in
            try await Self.prepare(service)
            try await Self.live(service, hours: 60)
            var lived: [String: [String]] = [:]
            for alert in try await service.call(.get, "/v1/alerts").body["alerts"]?.elements ?? [] {
                let print = try #require(alert["fingerprint"]?.string)
                let history = try await service.call(.get, "/v1/alerts/\(print)").body["history"]?.elements ?? []
                lived[print] = history.filter(Self.isJudgement).map(Self.entry)
            }
            let writtenBefore = try await service.call(.get, "/v1/deliveries").body.text
            let answer = try await service.call(.post, "/v1/rules/backtest", Self.rules, type: "application/yaml")
            #expect(answer.status == 200, "\(answer)")
            let report = try #require(answer.body["models"]?.elements?.first)
            var told: [String: [String]] = [:]
            for alert in report["alerts"]?.elements ?? [] {
                told[alert["fingerprint"]?.string ?? "", default: []] += (alert["history"]?.elements ?? []).map(
                    Self.entry)
            }
            // An alert that only was pending is not listed once it is over.
            for (print, history) in told where lived[print] == nil {
                #expect(!history.contains { $0.contains(" firing ") }, "\(history)")
                told[print] = nil
            }
            #expect(told == lived)
            let names = Set((report["alerts"]?.elements ?? []).compactMap { $0["labels"]?["alertname"]?.string })
            #expect(names.isSuperset(of: ["Shift", "Decay", "Busy"]), "\(names)")

            let sent = (try await service.call(.get, "/v1/deliveries").body["deliveries"]?.elements ?? [])
                .filter {
                    $0["kind"]?.string == "notification" && $0["body"]?.string?.contains("verdict corrected") == false
                }
            let livedTelling = try sent.map { delivery in
                let body = try JSONNode(parsing: delivery["body"]?.string ?? "")
                return
                    "\(delivery["event_time"]?.string ?? "") \(body["status"]?.string ?? "") \(body["notification_reason"]?.string ?? "") \(body["groupKey"]?.string ?? "") \(body["alerts"]?.elements?.count ?? 0)"
            }
            let toldTelling = (report["notifications"]?.elements ?? []).map { told in
                "\(told["at"]?.string ?? "") \(told["status"]?.string ?? "") \(told["reason"]?.string ?? "") \(told["group_key"]?.string ?? "") \(told["alerts"]?.elements?.count ?? 0)"
            }
            #expect(toldTelling.sorted() == livedTelling.sorted())
            #expect(!livedTelling.isEmpty)
            let runs = try await service.call(.get, "/v1/retraining/runs").body["runs"]?.elements ?? []
            #expect(
                (report["retraining"]?.elements ?? []).map { $0["at"]?.string } == runs.map { $0["event_time"]?.string }
            )
            #expect(runs.count == 1)
            // Nothing was written.
            #expect(try await service.call(.get, "/v1/deliveries").body.text == writtenBefore)
        }
    }

    @Test func `a backtest says how often chance alone makes an alert, and how long alerts fire`() async throws {
        try await ServiceFixture.with { service in
            try await Self.prepare(service)
            try await Self.live(service, hours: 60)
            let answer = try await service.call(
                .post, "/v1/rules/backtest?model=m", Self.rules, type: "application/yaml")
            let rules = answer.body["models"]?.elements?.first?["rules"]?.elements ?? []
            let shift = try #require(rules.first { $0["alertname"]?.string == "Shift" })
            #expect(shift["expected_false_alerts"]?.double == nil)
            #expect((1...8).contains(shift["alerts"]?.int64 ?? 0), "\(shift)")
            let share = try #require(shift["firing_share"]?.double)
            #expect(share > 0.2 && share < 1)
            let drifted = try #require(rules.first { $0["alertname"]?.string == "Drifted" })
            let expected = try #require(drifted["expected_false_alerts"]?.double)
            #expect(expected > 0 && expected < 2)
        }
    }

    @Test(arguments: [
        ("?from=yesterday", 422), ("?model=nobody", 404), ("?form=x", 400),
        ("?from=2026-02-02T00:00:00Z&to=2026-02-01T00:00:00Z", 422), ("?model=m&from=2031-01-01T00:00:00Z", 422),
    ])
    func `what cannot be tried is refused`(query: String, status: Int) async throws {
        try await ServiceFixture.with { service in
            try await Self.prepare(service, withRules: false)
            try await Self.live(service, hours: 2)
            let answer = try await service.call(
                .post, "/v1/rules/backtest\(query)", Self.rules, type: "application/yaml")
            #expect(answer.status == status, "\(answer)")
        }
    }

    @Test func `more slots than one backtest may have are refused with the number`() async throws {
        try await ServiceFixture.with { service in
            try await Self.prepare(service, withRules: false)
            try await Self.live(service, hours: 60)
            let rule = "groups: [{name: g, interval: 1s, rules: [{alert: A, expr: vector(time()) > 0}]}]"
            let answer = try await service.call(.post, "/v1/rules/backtest", rule, type: "application/yaml")
            #expect(answer.status == 422)
            #expect(answer.body["detail"]?.string?.contains("one backtest may have 200000") == true, "\(answer)")
        }
    }

    @Test func `what recording rules recorded is there again after a restart`() async throws {
        try await ServiceFixture.with { service in
            try await Self.prepare(service)
            try await Self.live(service, hours: 46)
            // A new evaluator knows nothing; the next slot must still see that there were more rows two hours ago.
            var state = RuleEvaluator.State()
            let evaluator = RuleEvaluator(
                store: service.store, models: service.models, peers: service.peers, settings: service.active,
                counters: service.counters,
                holder: "test", mostAge: .zero, now: { service.time.now },
                logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
            let firing = try await service.call(.get, "/v1/alerts?state=firing").body["alerts"]?.elements ?? []
            #expect(firing.contains { $0["alertname"]?.string == "Busy" })
            try await service.call(
                .post, "/v1/models/m/watermark", #"{"to":"\#(Self.time(50).rfc3339)"}"#)
            try await evaluator.judgeAll(&state)
            let report = try await service.call(.post, "/v1/rules/backtest?model=m").body["models"]?.elements?.first
            let busy = report?["alerts"]?.elements?.last { $0["labels"]?["alertname"]?.string == "Busy" }
            let print = busy?["fingerprint"]?.string ?? ""
            let history = try await service.call(.get, "/v1/alerts/\(print)").body["history"]?.elements ?? []
            let last = try #require(history.last(where: Self.isJudgement))
            #expect(last["to"]?.string == "resolved" && last["at"]?.string == Self.time(48).rfc3339, "\(last)")
            #expect(busy?["history"]?.elements?.last.map(Self.entry) == Self.entry(last))
        }
    }
}

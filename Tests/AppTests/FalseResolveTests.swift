import Alerting
import App
import HTTPTypes
import JSON
import Monitoring
import Testing

/// What makes Prometheus with Alertmanager resolve an alert that fires: errors, missing data, a restart. Here nothing does.
@Suite(.timeLimit(.minutes(15)))
struct FalseResolveTests {
    @Test func `a join that becomes ambiguous keeps its alert, however long, and it resolves once it can be evaluated`()
        async throws
    {
        try await ServiceFixture.with { service in
            // A second version makes the right side of the join ambiguous: Prometheus's "duplicate series for the match group".
            var live = try await AlertingFixture(
                service,
                rules: """
                      - alert: Busy
                        expr: driftline_predictions{segment="",version=""} > on (model) group_left () (driftline_predictions{version!="", segment=""} * 0 + 3)
                    """)
            func rows(_ hour: Int, _ count: Int, versions: [String]) async throws {
                let lines = versions.flatMap { version in
                    (0..<count).map { row in
                        #"{"prediction_id":"\#(hour)-\#(row)","model_version":"\#(version)","timestamp":"\#(AlertingFixture.time(Double(hour) + 0.1).rfc3339)","features":{"x":1},"prediction":"1"}"#
                    }
                }
                let sent = try await service.call(
                    .post, "/v1/models/m/predictions", lines.joined(separator: "\n"), type: "application/x-ndjson")
                #expect(sent.status == 200, "\(sent)")
            }
            try await rows(0, 5, versions: ["1"])
            try await live.reach(1)
            #expect(try await live.told() == ["team firing first notification Busy"])
            for hour in 1..<30 {
                try await rows(hour, 5, versions: ["1", "2"])
                try await live.reach(Double(hour) + 1)
                if hour == 12 { live.restart() }
            }
            let alert = try await live.alert("Busy")
            #expect(alert["verdict"]?.string == "firing")
            #expect(alert["health"]?.string == "error")
            #expect(alert["health_reason"]?.string?.contains("evaluation failed") == true)
            #expect(try await live.told().allSatisfy { $0.hasPrefix("team firing") })
            // Another rule of the same name that can be evaluated, and is false: now it is over.
            try await live.put(
                "groups:\n- name: g\n  interval: 1h\n  rules:\n  - alert: Busy\n    expr: max by (model, window) (driftline_predictions{segment=\"\",version=\"\"}) > 1000\n"
            )
            try await live.reach(31)
            #expect(try await live.alert("Busy")["verdict"]?.string == "resolved")
        }
    }

    @Test func `an alert without data goes on firing, over restarts and take-overs`() async throws {
        try await ServiceFixture.with { service in
            var live = try await AlertingFixture(
                service,
                rules: """
                      - alert: Decay
                        expr: driftline_accuracy{segment="",version=""} < 0.6
                    """)
            try await live.rows(4, hour: 0)
            try await live.labels(0..<4, actual: "0", hour: 0, knownAt: 0.9)
            try await live.reach(1)
            // No labels any more: accuracy has no value.
            for hour in 1..<20 {
                try await live.rows(4, hour: hour)
                if hour % 5 == 0 { live.restart() }
                try await live.reach(Double(hour) + 1)
            }
            var alert = try await live.alert("Decay")
            #expect(alert["verdict"]?.string == "firing")
            #expect(alert["health"]?.string == "no_data")
            #expect(alert.changes == ["inactive>firing", "firing>firing"])
            try await live.rows(4, hour: 20)
            try await live.labels(0..<4, actual: "1", hour: 20, knownAt: 20.9)
            try await live.reach(21)
            alert = try await live.alert("Decay")
            #expect(alert["verdict"]?.string == "resolved")
            #expect(try await live.told().filter { $0.contains("resolved") }.count == 1)
        }
    }

    @Test(arguments: [nil, 1, 2, 3, 4, 5, 6, 7])
    func `for and keep_firing_for run on over a restart at any slot`(restartAt: Int?) async throws {
        try await ServiceFixture.with { service in
            var live = try await AlertingFixture(
                service,
                rules: """
                      - alert: Few
                        expr: driftline_predictions{segment="",version=""} < 3
                        for: 2h
                        keep_firing_for: 2h
                    """)
            for hour in 0..<9 {
                try await live.rows((1...3).contains(hour) ? 2 : 5, hour: hour)
                if restartAt == hour { live.restart() }
                try await live.reach(Double(hour) + 1)
            }
            let history = try await live.alert("Few")["history"]?.elements ?? []
            #expect(
                history.map { "\($0["at"]?.string ?? "") \($0["to"]?.string ?? "")" } == [
                    "\(AlertingFixture.time(2).rfc3339) pending", "\(AlertingFixture.time(4).rfc3339) firing",
                    "\(AlertingFixture.time(7).rfc3339) resolved",
                ])
            #expect(history.allSatisfy { !($0["reason"]?.string ?? "").isEmpty })
        }
    }

    @Test func `an acknowledged alert says by whom until it is over`() async throws {
        try await ServiceFixture.with { service in
            var live = try await AlertingFixture(
                service,
                rules: """
                      - alert: Few
                        expr: driftline_predictions{segment="",version=""} < 3
                    """)
            try await live.rows(1, hour: 0)
            try await live.reach(1)
            let print = try #require(try await live.alert("Few")["fingerprint"]?.string)
            let noted = try await service.call(.post, "/v1/alerts/\(print)/acknowledge", #"{"by":"kim"}"#)
            #expect(noted.status == 204)
            try await live.rows(1, hour: 1)
            live.restart()
            try await live.reach(2)
            #expect(try await live.alert("Few")["acknowledged_by"]?.string == "kim")
            try await live.rows(9, hour: 2)
            try await live.reach(3)
            #expect(try await live.alert("Few")["acknowledged_by"]?.string == nil)
            #expect(try await service.call(.post, "/v1/alerts/\(print)/acknowledge").status == 404)
        }
    }
}

import App
import HTTPTypes
import JSON
import Monitoring
import Testing

/// Verdicts that late rows and labels change.
@Suite(.timeLimit(.minutes(15)))
struct CorrectionTests {
    private static let decay = """
          - alert: Decay
            expr: driftline_accuracy{segment="",version=""} < 0.6
        """
    private static let few = """
          - alert: Few
            expr: driftline_predictions{segment="",version=""} < 3
        """

    @Test func `labels that come late correct a verdict, once, and whoever was told hears of it`() async throws {
        try await ServiceFixture.with { service in
            var live = try await AlertingFixture(service, rules: Self.decay)
            try await live.rows(10, hour: 0)
            try await live.labels(0..<2, actual: "0", hour: 0, knownAt: 0.9)
            try await live.reach(1)
            #expect(try await live.told() == ["team firing first notification Decay"])
            try await live.rows(10, hour: 1)
            try await live.labels(0..<10, actual: "1", hour: 1, knownAt: 1.9)
            try await live.reach(2)
            // The other eight of the first hour were right.
            try await live.labels(2..<10, actual: "1", hour: 0, knownAt: 2)
            try await live.judge()
            try await live.judge(after: 3)
            let alert = try await live.alert("Decay")
            #expect(alert.changes == ["inactive>firing", "firing>resolved", "firing>corrected"])
            let entry = try #require(alert["history"]?.elements?.last)
            let correction = entry["correction"]
            #expect(correction?["slot"]?.string == AlertingFixture.time(1).rfc3339)
            #expect(correction?["was"]?.string == "firing")
            #expect(correction?["would_be"]?.string == "inactive")
            #expect(correction?["old_value"]?.double == 0)
            #expect(correction?["new_value"]?.double == 0.8)
            #expect(correction?["cause"]?.string == "labels")
            #expect(correction?["notified"]?.bool == true)
            let told = [
                "team firing first notification Decay", "team resolved all alerts resolved Decay",
                "team resolved verdict corrected Decay",
            ]
            #expect(try await live.told().sorted() == told.sorted())
            // Looking again, also after a restart, says nothing new.
            try await live.judge(after: 60)
            live.restart()
            try await live.judge(after: 60)
            try await live.judge(after: 60)
            #expect(try await live.told().count == 3)
            #expect(try await live.alert("Decay").changes.count == 3)
            let sent = try await service.call(.get, "/v1/deliveries").body["deliveries"]?.elements ?? []
            let bodies = try sent.map { try JSONNode(parsing: $0["body"]?.string ?? "") }
            let corrected = bodies.first { $0["notification_reason"]?.string == "verdict corrected" }
            let text = corrected?["alerts"]?.elements?.first?["annotations"]?["correction"]?.string ?? ""
            #expect(text.contains("it would not have fired") && text.contains("now it is 0.8"), "\(text)")
        }
    }

    /// An hour that was right by the labels of its time, and is wrong by those that come late; then an hour that is right.
    private static func lateTruth(_ live: inout AlertingFixture) async throws {
        try await live.rows(10, hour: 0)
        try await live.labels(0..<2, actual: "1", hour: 0, knownAt: 0.9)
        try await live.reach(1)
        try await live.rows(10, hour: 1)
        try await live.labels(0..<10, actual: "1", hour: 1, knownAt: 1.9)
        try await live.reach(2)
        #expect(try await live.told().isEmpty)
        try await live.labels(2..<10, actual: "0", hour: 0, knownAt: 2)
        try await live.judge()
        try await live.judge(after: 3)
    }

    @Test func `an alert that would have fired but for late labels is told of as a correction, once`() async throws {
        try await ServiceFixture.with { service in
            var live = try await AlertingFixture(service, rules: Self.decay)
            try await Self.lateTruth(&live)
            let alert = try await live.alert("Decay")
            #expect(alert.changes == ["inactive>corrected"], "\(alert)")
            #expect(alert["verdict"]?.string == "resolved")
            #expect(alert["fired_at"]?.string == AlertingFixture.time(1).rfc3339)
            let correction = alert["history"]?.elements?.last?["correction"]
            #expect(correction?["slot"]?.string == AlertingFixture.time(1).rfc3339)
            #expect(correction?["was"]?.string == "inactive" && correction?["would_be"]?.string == "firing")
            #expect(correction?["new_value"]?.double == 0.2 && correction?["cause"]?.string == "labels")
            #expect(correction?["notified"]?.bool == true)
            #expect(try await live.told() == ["team resolved verdict corrected Decay"])
            let body = try await service.call(.get, "/v1/deliveries").body["deliveries"]?.elements?.first?["body"]?
                .string
            #expect(body?.contains("With labels that came late, at") ?? false)
            #expect(body?.contains("it would have fired. The value is 0.2.") ?? false)
            try await live.labels(0..<1, actual: "0", hour: 0, knownAt: 2.1)
            try await live.judge()
            try await live.judge(after: 3)
            live.restart()
            try await live.judge(after: 60)
            try await live.judge(after: 60)
            #expect(try await live.told().count == 1)
            #expect(try await live.alert("Decay").changes == ["inactive>corrected"])
        }
    }

    @Test func `rows that come late correct a verdict within the allowed lateness`() async throws {
        try await ServiceFixture.with { service in
            var live = try await AlertingFixture(service, rules: Self.few)
            try await live.rows(2, hour: 0)
            try await live.reach(1)
            try await live.rows(4, hour: 0, tag: "late")
            try await live.judge()
            try await live.judge(after: 3)
            // The newest slot was judged again: the alert is over, and its firing is corrected.
            let alert = try await live.alert("Few")
            #expect(alert.changes.contains("firing>corrected"), "\(alert)")
            let correction = alert["history"]?.elements?.last { $0["to"]?.string == "corrected" }?["correction"]
            #expect(correction?["cause"]?.string == "rows")
            #expect(correction?["old_value"]?.double == 2)
            #expect(correction?["new_value"]?.double == 6)
        }
    }

    @Test func `rows that are later than that correct nothing`() async throws {
        try await ServiceFixture.with { service in
            var live = try await AlertingFixture(service, rules: Self.few)
            try await live.rows(2, hour: 0)
            try await live.reach(1)
            for hour in 1..<5 {
                try await live.rows(5, hour: hour)
                try await live.reach(Double(hour) + 1)
            }
            try await live.rows(4, hour: 0, tag: "late")
            try await live.judge()
            try await live.judge(after: 3)
            #expect(try await live.alert("Few").changes == ["inactive>firing", "firing>resolved"])
        }
    }

    @Test func `an end that was told and would not have been is corrected too`() async throws {
        try await ServiceFixture.with { service in
            var live = try await AlertingFixture(service, rules: Self.decay)
            try await live.rows(10, hour: 0)
            try await live.labels(0..<5, actual: "0", hour: 0, knownAt: 0.9)
            try await live.reach(1)
            try await live.rows(10, hour: 1)
            try await live.labels(0..<2, actual: "1", hour: 1, knownAt: 1.9)
            try await live.reach(2)
            try await live.labels(2..<10, actual: "0", hour: 1, knownAt: 2)
            try await live.rows(10, hour: 2)
            try await live.labels(0..<10, actual: "1", hour: 2, knownAt: 2.9)
            try await live.reach(3)
            try await live.judge(after: 3)
            let alert = try await live.alert("Decay")
            #expect(alert.changes.contains("resolved>corrected"), "\(alert)")
            let correction = alert["history"]?.elements?.last { $0["from"]?.string == "resolved" }?["correction"]
            #expect(correction?["would_be"]?.string == "firing")
        }
    }

    @Test func `nobody hears of a correction who heard of nothing before`() async throws {
        try await ServiceFixture.with { service in
            var live = try await AlertingFixture(
                service, rules: Self.decay, routes: "{receiver: team, group_wait: 12h, group_interval: 1h}")
            try await live.rows(10, hour: 0)
            try await live.labels(0..<2, actual: "0", hour: 0, knownAt: 0.9)
            try await live.reach(1)
            try await live.rows(10, hour: 1)
            try await live.labels(0..<10, actual: "1", hour: 1, knownAt: 1.9)
            try await live.reach(2)
            try await live.labels(2..<10, actual: "1", hour: 0, knownAt: 2)
            try await live.judge()
            try await live.judge(after: 3)
            let correction = try await live.alert("Decay")["history"]?.elements?.last?["correction"]
            #expect(correction?["notified"]?.bool == false)
            #expect(try await live.told() == [])
        }
    }
}

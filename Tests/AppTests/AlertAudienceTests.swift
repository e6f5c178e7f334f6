import App
import HTTPTypes
import JSON
import Monitoring
import Testing

/// Why a receiver was, or was not, told of an alert.
@Suite(.timeLimit(.minutes(15)))
struct AlertAudienceTests {
    private static let rules = """
          - alert: Few
            expr: driftline_predictions{segment="",version=""} < 3
            labels: {kind: drift}
          - alert: Cause
            expr: driftline_predictions{segment="",version=""} < 2
            labels: {kind: quality}
        """

    private func audience(_ live: AlertingFixture, _ receiver: String = "team") async throws -> JSONNode {
        let list = try await live.alert("Few")["notifications"]?.elements ?? []
        return list.first { $0["receiver"]?.string == receiver } ?? .null
    }

    @Test func `an alert says who was told, when it is repeated, and what was sent`() async throws {
        try await ServiceFixture.with { service in
            var live = try await AlertingFixture(
                service, rules: Self.rules,
                routes:
                    "{receiver: team, group_by: [alertname], group_wait: 0s, group_interval: 1h, repeat_interval: 3h, routes: [{matchers: ['kind=\"none\"'], receiver: other}]}"
            )
            try await live.rows(2, hour: 0)
            try await live.reach(1)
            let told = try await audience(live)
            #expect(told["state"]?.string == "sending")
            #expect(told["route"]?.string == "{}")
            #expect(told["group_key"]?.string == #"{}:{alertname="Few", model="m"}"#)
            #expect(told["group_interval"]?.string == "1h")
            #expect(told["told_at"]?.string == AlertingFixture.time(1).rfc3339)
            #expect(told["next_at"]?.string == AlertingFixture.time(4).rfc3339)
            #expect(told["held_by"]?.elements?.isEmpty == true)
            #expect(told["deliveries"]?.elements?.first?["status"]?.string == "firing")
            #expect(told["deliveries"]?.elements?.first?["state"]?.string == "ready")
            #expect(told["next"]?.string == "the delivery is sent now")
            #expect(try await audience(live, "other") == .null)
        }
    }

    @Test func `a group that waits says until when`() async throws {
        try await ServiceFixture.with { service in
            var live = try await AlertingFixture(
                service, rules: Self.rules, routes: "{receiver: team, group_wait: 2h, group_interval: 1h}")
            try await live.rows(2, hour: 0)
            try await live.reach(1)
            let waits = try await audience(live)
            #expect(waits["state"]?.string == "waiting")
            #expect(waits["next"]?.string == "it is told at \(AlertingFixture.time(3).rfc3339) of event time")
            #expect(waits["deliveries"]?.elements?.isEmpty == true)
        }
    }

    @Test func `a silence, an inhibition and a time interval are named, with their end`() async throws {
        try await ServiceFixture.with { service in
            var live = try await AlertingFixture(
                service, rules: Self.rules,
                routes:
                    "{receiver: other, routes: [{matchers: ['model=\"m\"'], receiver: team, group_wait: 0s, mute_time_intervals: [always]}]}",
                inhibit:
                    "[{source_matchers: ['kind=\"quality\"'], target_matchers: ['kind=\"drift\"'], equal: [model, feature]}]",
                intervals: "[{name: always, time_intervals: [{years: ['2020:2030']}]}]")
            let (from, to) = (AlertingFixture.time(0).rfc3339, AlertingFixture.time(10_000).rfc3339)
            let silence = try await service.call(
                .post, "/api/v2/silences",
                #"{"matchers":[{"name":"alertname","value":"Few"}],"startsAt":"\#(from)","endsAt":"\#(to)","createdBy":"me","comment":"c"}"#
            ).body["silenceID"]?.string
            try await live.rows(1, hour: 0)
            try await live.reach(1)
            let held = try await audience(live)
            #expect(held["state"]?.string == "held")
            let reasons = held["held_by"]?.elements ?? []
            #expect(reasons.compactMap { $0["kind"]?.string } == ["silence", "inhibition", "time_interval"])
            #expect(reasons.first?["ids"]?.elements?.first?.string == silence)
            #expect(reasons.dropFirst().first?["labels"]?["alertname"]?.string == "Cause")
            #expect(reasons.last?["ids"]?.elements?.first?.string == "always")
            #expect(held["next"]?.string?.hasPrefix("nothing while it is silenced by") == true, "\(held)")
        }
    }

    @Test func `what the mute time held back is told when it ends, before the next interval of the group`() async throws
    {
        try await ServiceFixture.with { service in
            // Muted until 02:30 of the first day.
            var live = try await AlertingFixture(
                service, rules: Self.rules,
                routes:
                    "{receiver: other, routes: [{matchers: ['alertname=\"Few\"'], receiver: team, group_wait: 0s, group_interval: 12h, mute_time_intervals: [night]}, {matchers: ['alertname=\"Cause\"'], receiver: other}]}",
                intervals: "[{name: night, time_intervals: [{times: [{start_time: '00:00', end_time: '02:30'}]}]}]")
            try await live.rows(2, hour: 0)
            try await live.reach(1)
            #expect(try await audience(live)["held_until"]?.string == AlertingFixture.time(2.5).rfc3339)
            try await live.rows(2, hour: 1)
            try await live.reach(2)
            #expect(try await live.told() == [])
            try await live.rows(2, hour: 2)
            try await live.reach(3)
            let sent = try await service.call(.get, "/v1/deliveries").body["deliveries"]?.elements ?? []
            #expect(sent.map { $0["event_time"]?.string } == [AlertingFixture.time(2.5).rfc3339])
        }
    }

    @Test func `drift that broken data explained is told as soon as the data is repaired`() async throws {
        try await ServiceFixture.with { service in
            var live = try await AlertingFixture(
                service, rules: Self.rules,
                routes: "{receiver: team, group_by: [alertname], group_wait: 0s, group_interval: 12h}",
                inhibit:
                    "[{source_matchers: ['kind=\"quality\"'], target_matchers: ['kind=\"drift\"'], equal: [model, feature]}]"
            )
            try await live.rows(1, hour: 0)
            try await live.reach(1)
            #expect(try await live.told() == ["team firing first notification Cause"])
            try await live.rows(2, hour: 1)
            try await live.reach(2)
            #expect(try await live.told().contains("team firing first notification Few"))
        }
    }
}

import Alerting
import Monitoring
import Query
import Testing

struct RetrainingPolicyTests {
    private static let noon = Time(microseconds: 1_767_268_800_000_000)

    private static func hours(_ count: Int64) -> Time {
        Time(microseconds: noon.microseconds + count * 3_600_000_000)
    }

    private func policy(onReplay: Bool = false) throws -> RetrainingPolicy {
        RetrainingPolicy(
            name: "weekly", model: "churn", matchers: [LabelMatcher(name: "alertname", equals: "Decay")],
            startsOnReplay: onReplay,
            launcher: .webhook(WebhookSettings(address: .inline(try WebhookURL("http://x/")))))
    }

    private func alert(_ labels: Labels = ["alertname": "Decay", "model": "churn"], resolved: Bool = false)
        -> NotifiedAlert
    {
        NotifiedAlert(labels: labels, annotations: [], startsAt: Self.noon, endsAt: resolved ? Self.noon : nil)
    }

    struct Row: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let past: RetrainingPast
        var replayed = false
        var onReplay = false
        let expected: String
    }

    @Test(arguments: [
        Row(testDescription: "nothing before", past: .init(), expected: "start"),
        Row(
            testDescription: "started 23 h ago", past: .init(lastStart: hours(-23)),
            expected: "held cooldown until 2026-01-01T13:00:00Z"),
        Row(testDescription: "started 24 h ago", past: .init(lastStart: hours(-24)), expected: "start"),
        Row(
            testDescription: "started later in event time", past: .init(lastStart: hours(5)),
            expected: "held cooldown until 2026-01-02T17:00:00Z"),
        Row(
            testDescription: "open run", past: .init(openRun: "rt_1", lastStart: hours(-99)),
            expected: "held open_run until nothing"),
        Row(testDescription: "recorded lately, live", past: .init(lastRecord: hours(-1)), expected: "start"),
        Row(testDescription: "replay", past: .init(), replayed: true, expected: "recorded"),
        Row(
            testDescription: "replay beside an open run", past: .init(openRun: "rt_1"), replayed: true,
            expected: "recorded"),
        Row(
            testDescription: "replay, recorded lately", past: .init(lastRecord: hours(-1)), replayed: true,
            expected: "held cooldown until 2026-01-02T11:00:00Z"),
        Row(
            testDescription: "replay, started lately", past: .init(lastStart: hours(-2), lastRecord: hours(-30)),
            replayed: true, expected: "held cooldown until 2026-01-02T10:00:00Z"),
        Row(testDescription: "replay that starts", past: .init(), replayed: true, onReplay: true, expected: "start"),
        Row(
            testDescription: "replay that starts, open run", past: .init(openRun: "rt_1"), replayed: true,
            onReplay: true, expected: "held open_run until nothing"),
    ])
    func `the decision is that of the table`(row: Row) throws {
        let decision = try policy(onReplay: row.onReplay).decide(
            firing: [alert()], past: row.past, now: Self.noon, replayed: row.replayed)
        let word =
            switch decision {
            case .notAsked: "not asked"
            case .start(let alerts): alerts == [alert()] ? "start" : "wrong alerts"
            case .recorded(let alerts): alerts == [alert()] ? "recorded" : "wrong alerts"
            case .held(let obstacle, let until): "held \(obstacle.word) until \(until?.rfc3339 ?? "nothing")"
            }
        #expect(word == row.expected)
    }

    @Test(
        arguments: [
            ["alertname": "Decay", "model": "other"], ["alertname": "Drift", "model": "churn"], ["alertname": "Decay"],
        ] as [Labels])
    func `other alerts do not ask`(labels: Labels) throws {
        let decision = try policy().decide(
            firing: [alert(labels), alert(resolved: true)], past: .init(), now: Self.noon, replayed: false)
        #expect(decision == .notAsked)
    }
}

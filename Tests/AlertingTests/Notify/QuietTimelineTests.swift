import Alerting
import Monitoring
import Query
import Testing

/// What silences, inhibition and mute times leave of a group's notifications.
struct QuietTimelineTests {
    private static func silence(_ name: String, from: Double, to: Double) -> Silence {
        Silence(
            id: "s", matchers: [LabelMatcher(name: "alertname", equals: name)], startsAt: Timeline.time(from),
            endsAt: Timeline.time(to), createdBy: "me", comment: "", updatedAt: Timeline.noon)
    }

    private func told(_ quiet: Quiet, _ steps: [Timeline.Step], through end: Double = 200) throws -> [String] {
        var timeline = try Timeline()
        timeline.quiet = quiet
        for step in steps {
            timeline.plan(upTo: step.minute.nextDown)
            timeline.enter(step)
        }
        timeline.plan(upTo: end)
        return timeline.told
    }

    typealias Step = Timeline.Step

    @Test func `a silenced alert is told at once when the silence ends`() throws {
        let quiet = Quiet(silences: [Self.silence("A", from: 0, to: 17.5)])
        #expect(try told(quiet, [Step(0, "A", true)], through: 60) == ["17 first notification: A | "])
    }

    @Test func `only the alerts that a silence is about are left out`() throws {
        let quiet = Quiet(silences: [Self.silence("A", from: 0, to: 17)])
        #expect(
            try told(quiet, [Step(0, "A", true), Step(0, "B", true)], through: 60)
                == ["1 first notification: B | ", "17 new alerts added: A B | "])
    }

    @Test func `an alert that was told, silenced and resolved is told as resolved when the silence ends`() throws {
        let quiet = Quiet(silences: [Self.silence("A", from: 5, to: 30)])
        #expect(
            try told(quiet, [Step(0, "A", true), Step(12, "A", false)])
                == ["1 first notification: A | ", "30 all alerts resolved:  | A"])
    }

    @Test func `an alert that comes and goes under a silence is never told`() throws {
        let quiet = Quiet(silences: [Self.silence("A", from: 0, to: 30)])
        #expect(try told(quiet, [Step(1, "A", true), Step(12, "A", false)]) == [])
    }

    @Test func `a told alert that goes on under a silence is no news afterwards`() throws {
        let quiet = Quiet(silences: [Self.silence("A", from: 5, to: 30)])
        #expect(try told(quiet, [Step(0, "A", true)], through: 59) == ["1 first notification: A | "])
    }

    @Test func `a silence that starts later suppresses nothing before`() throws {
        let quiet = Quiet(silences: [Self.silence("A", from: 50, to: 90)])
        #expect(
            try told(quiet, [Step(0, "A", true)], through: 130)
                == ["1 first notification: A | ", "90 repeat interval elapsed: A | "])
    }

    @Test func `an inhibited alert is told once its cause has gone and somebody looks`() throws {
        let rule = InhibitRule(
            source: [LabelMatcher(name: "alertname", equals: "Cause")],
            target: [LabelMatcher(name: "alertname", equals: "A")], equal: ["model"])
        var timeline = try Timeline()
        timeline.quiet = Quiet(rules: [rule], firing: [["alertname": "Cause", "model": "churn"]])
        timeline.enter(Step(0, "A", true))
        timeline.plan(upTo: 23)
        #expect(timeline.told == [])
        #expect(timeline.group.isHushed)
        timeline.quiet = .none
        timeline.group.look(at: Timeline.time(23))
        timeline.plan(upTo: 23)
        #expect(timeline.told == ["23 first notification: A | "])
    }

    @Test func `another model's alert and the alert itself do not inhibit`() {
        let rule = InhibitRule(source: [], target: [], equal: ["model"])
        let labels: Labels = ["alertname": "A", "model": "churn"]
        #expect(rule.source(inhibiting: labels, among: [labels, ["alertname": "B", "model": "churn"]]) == nil)
        let split = InhibitRule(
            source: [LabelMatcher(name: "severity", equals: "page")],
            target: [LabelMatcher(name: "alertname", equals: "A")], equal: ["model"])
        #expect(split.source(inhibiting: labels, among: [["severity": "page", "model": "other"]]) == nil)
        #expect(split.source(inhibiting: labels, among: [["severity": "page", "model": "churn"]]) != nil)
    }

    @Test func `a muted route is told at once when the mute time ends`() throws {
        var interval = TimeInterval()
        interval.minutes = [(12 * 60)..<(12 * 60 + 42)]
        let quiet = Quiet(times: MuteTimes(mute: [.init(name: "lunch", intervals: [interval])]))
        #expect(try told(quiet, [Step(0, "A", true)], through: 60) == ["42 first notification: A | "])
    }

    @Test func `outside of its active times a route is told nothing`() throws {
        var interval = TimeInterval()
        interval.minutes = [(12 * 60 + 30)..<(13 * 60)]
        let quiet = Quiet(times: MuteTimes(active: [.init(name: "work", intervals: [interval])]))
        #expect(
            try told(quiet, [Step(0, "A", true), Step(40, "A", false), Step(70, "B", true)], through: 120)
                == ["30 first notification: A | ", "40 all alerts resolved:  | A"])
    }

    @Test func `a hushed group is kept as it is`() throws {
        var timeline = try Timeline()
        timeline.quiet = Quiet(silences: [Self.silence("A", from: 0, to: 60)])
        timeline.enter(Step(0, "A", true))
        timeline.plan(upTo: 10)
        #expect(timeline.group.isHushed)
        #expect(try StoredText.group(from: StoredText.text(of: timeline.group)) == timeline.group)
    }
}

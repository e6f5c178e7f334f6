import Alerting
import Monitoring
import Query
import Testing

struct GroupTimelineTests {
    typealias Step = Timeline.Step

    struct Story: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let steps: [Step]
        let end: Double
        let expected: [String]
    }

    static let stories = [
        Story(
            testDescription: "one alert fires and resolves",
            steps: [Step(0, "A", true), Step(7, "A", false)], end: 300,
            expected: ["1 first notification: A | ", "11 all alerts resolved:  | A"]),
        Story(
            testDescription: "alerts within group_wait are told together",
            steps: [Step(0, "B", true), Step(0.5, "A", true)], end: 30, expected: ["1 first notification: A B | "]),
        Story(
            testDescription: "an alert exactly at the flush is part of it",
            steps: [Step(0, "A", true), Step(1, "B", true), Step(6, "C", true)], end: 10,
            expected: ["1 first notification: A B | ", "6 new alerts added: A B C | "]),
        Story(
            testDescription: "an alert that resolves before group_wait ends is never told",
            steps: [Step(0, "A", true), Step(0.5, "A", false)], end: 300, expected: []),
        Story(
            testDescription: "an alert that comes and goes between two flushes is never told",
            steps: [Step(0, "A", true), Step(2, "B", true), Step(3, "B", false)], end: 30,
            expected: ["1 first notification: A | "]),
        Story(
            testDescription: "one added, then one resolved, then the other",
            steps: [Step(0, "A", true), Step(8, "B", true), Step(12, "A", false), Step(30, "B", false)], end: 300,
            expected: [
                "1 first notification: A | ", "11 new alerts added: A B | ", "16 some alerts resolved: B | A",
                "31 all alerts resolved:  | B",
            ]),
        Story(
            testDescription: "nothing new is repeated on the next multiple of group_interval",
            steps: [Step(0, "A", true)], end: 130,
            expected: [
                "1 first notification: A | ", "61 repeat interval elapsed: A | ", "121 repeat interval elapsed: A | ",
            ]),
        Story(
            testDescription: "news starts the repeat interval again",
            steps: [Step(0, "A", true), Step(40, "B", true)], end: 110,
            expected: [
                "1 first notification: A | ", "41 new alerts added: A B | ", "101 repeat interval elapsed: A B | ",
            ]),
        Story(
            testDescription: "an alert that resolves and fires again between two flushes is no news",
            steps: [Step(0, "A", true), Step(2, "A", false), Step(3, "A", true)], end: 30,
            expected: ["1 first notification: A | "]),
        Story(
            testDescription: "after everything has resolved a new firing waits group_wait and is a first notification",
            steps: [Step(0, "A", true), Step(2, "A", false), Step(9, "A", true)], end: 30,
            expected: [
                "1 first notification: A | ", "6 all alerts resolved:  | A", "10 first notification: A | ",
            ]),
        Story(
            testDescription: "an alert that fires while the other is told as resolved",
            steps: [Step(0, "A", true), Step(2, "A", false), Step(2, "B", true)], end: 30,
            expected: ["1 first notification: A | ", "6 new alerts added: B | A"]),
    ]

    @Test(arguments: stories)
    func `a group is told what the story says`(story: Story) throws {
        var timeline = try Timeline()
        for step in story.steps {
            timeline.plan(upTo: step.minute.nextDown)
            timeline.enter(step)
        }
        timeline.plan(upTo: story.end)
        #expect(timeline.told == story.expected)
    }

    @Test(arguments: stories)
    func `it makes no difference when anybody looks`(story: Story) throws {
        var timeline = try Timeline()
        for step in story.steps { timeline.enter(step) }
        timeline.plan(upTo: story.end)
        #expect(timeline.told == story.expected)
    }

    @Test(arguments: 0..<200)
    func `random stories are told alike however often anybody looks, and no end comes before its start`(seed: Int)
        throws
    {
        var random = SeededGenerator(seed: UInt64(seed))
        var steps: [Step] = []
        var minute = 0.0
        var firing: Set<String> = []
        for _ in 0..<40 {
            minute += Double.random(in: 0...9, using: &random).rounded(.down)
            let name = ["A", "B", "C"].randomElement(using: &random) ?? "A"
            let fires = firing.insert(name).inserted
            if !fires { firing.remove(name) }
            steps.append(Step(minute, name, fires))
        }
        var eager = try Timeline()
        var lazy = try Timeline()
        for step in steps {
            eager.plan(upTo: step.minute - 0.5)
            eager.enter(step)
            eager.group = try StoredText.group(from: StoredText.text(of: eager.group))
            lazy.enter(step)
        }
        eager.plan(upTo: minute + 200)
        lazy.plan(upTo: minute + 200)
        #expect(eager.told == lazy.told)
        #expect(eager.group == lazy.group)
        var known: Set<String> = []
        for line in eager.told {
            let lists = line.split(separator: ":", maxSplits: 1)[1].split(
                separator: "|", maxSplits: 1, omittingEmptySubsequences: false)
            let resolved = Set(lists[1].split(separator: " ").map(String.init))
            #expect(resolved.isSubset(of: known))
            known = Set(lists[0].split(separator: " ").map(String.init))
        }
    }

    @Test func `a receiver that does not want resolved alerts hears of firing ones only`() throws {
        var timeline = try Timeline()
        timeline.audience = Audience(sendsResolved: false)
        for step in [
            Step(0, "A", true), Step(0, "B", true), Step(3, "A", false), Step(20, "B", false), Step(40, "A", true),
        ] { timeline.enter(step) }
        timeline.plan(upTo: 50)
        #expect(timeline.told == ["1 first notification: A B | ", "41 first notification: A | "])
    }

    @Test func `sequence numbers rise by one with each notification`() throws {
        var timeline = try Timeline()
        timeline.enter(Step(0, "A", true))
        timeline.enter(Step(7, "A", false))
        var sequences: [Int64] = []
        while let plan = Plan(
            of: timeline.group, upTo: Timeline.time(60), audience: Audience(), replayed: true)
        {
            timeline.group = plan.group
            if let notification = plan.notification {
                sequences.append(notification.sequence)
                #expect(notification.replayed)
                #expect(notification.stream == #"team/webhook/0:{}:{model="churn"}"#)
            }
        }
        #expect(sequences == [1, 2])
        #expect(timeline.group.isIdle)
    }

    @Test func `a repeat carries the newest annotations and is not brought forward by them`() throws {
        var timeline = try Timeline()
        timeline.enter(Step(0, "A", true))
        timeline.plan(upTo: 2)
        timeline.enter(Step(20, "A", true))
        #expect(timeline.group.nextFlush == Timeline.time(61))
        let plan = try #require(
            Plan(of: timeline.group, upTo: Timeline.time(61), audience: Audience(), replayed: false))
        #expect(plan.notification?.alerts.first?.annotations.first?.value == "at 20.0")
    }

    @Test func `an alert list is cut at the channel's limit and says by how much`() throws {
        var timeline = try Timeline()
        for name in ["A", "B", "C"] { timeline.enter(Step(0, name, true)) }
        let plan = try #require(
            Plan(
                of: timeline.group, upTo: Timeline.time(1), audience: Audience(mostAlerts: 2), replayed: false))
        #expect(plan.notification?.alerts.map { $0.labels["alertname"] } == ["A", "B"])
        #expect(plan.notification?.truncatedAlerts == 1)
        #expect(plan.notification?.isFiring == true)
    }

    @Test(arguments: ["", "{}", "[]", "null", "{\"route\":1}", "\u{0}", String(repeating: "[", count: 10_000)])
    func `a text that is no group is refused`(text: String) {
        #expect(throws: StoredTextError.self) { try StoredText.group(from: text) }
    }
}

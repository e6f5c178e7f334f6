import Alerting
import Monitoring
import Query
import Testing

/// Timelines of one rule: what is seen each minute, and what changes.
struct AlertBookTests {
    /// One minute of a timeline.
    enum Minute: Sendable {
        case value(Double)
        case gap
        case failure
    }

    private static func slot(_ minute: Int) -> Time { Time(microseconds: Int64(minute) * 60_000_000) }

    private static func rule(_ expression: String = "x > 1", hold: String = "0s", keep: String = "0s") throws -> Rule {
        Rule(
            kind: .alert, name: "A", key: "A", expression: try Expression(expression),
            holdDuration: try #require(PrometheusDuration(hold)), keepFiringFor: try #require(PrometheusDuration(keep)))
    }

    private static func evaluation(_ rule: Rule, _ minute: Minute, at slot: Time) -> RuleEvaluation {
        switch minute {
        case .value(let value):
            RuleEvaluation(of: rule, at: slot, samples: [[Sample(labels: ["__name__": "x", "i": "1"], value: value)]])
        case .gap: RuleEvaluation(of: rule, at: slot, samples: [[]])
        case .failure: RuleEvaluation(rule: rule.key, outcome: .failed("broken"))
        }
    }

    /// The changes as `minute verdict/health`.
    private func changes(_ timeline: [Minute], hold: String = "0s", keep: String = "0s", keepsThroughGaps: Bool = true)
        throws -> [String]
    {
        let rule = try Self.rule(hold: hold, keep: keep)
        var book = AlertBook(rules: [rule], keepsThroughGaps: keepsThroughGaps)
        return timeline.enumerated().flatMap { minute, seen in
            book.apply(Self.evaluation(rule, seen, at: Self.slot(minute)), at: Self.slot(minute)).map {
                "\(minute) \($0.verdict)/\($0.health)"
            }
        }
    }

    @Test(
        arguments: [
            ("0s", "0s", [.value(0), .value(2), .value(2), .value(0)], ["1 firing/ok", "3 resolved/ok"]),
            (
                "2m", "0s", [.value(2), .value(2), .value(2), .value(0)],
                ["0 pending/ok", "2 firing/ok", "3 resolved/ok"]
            ),
            (
                "2m", "0s", [.value(2), .value(2), .value(0), .value(2)],
                ["0 pending/ok", "2 inactive/ok", "3 pending/ok"]
            ),
            ("0s", "2m", [.value(2), .value(0), .value(0), .value(0)], ["0 firing/ok", "3 resolved/ok"]),
            (
                "0s", "2m", [.value(2), .value(0), .value(2), .value(0), .value(0), .value(0)],
                ["0 firing/ok", "5 resolved/ok"]
            ),
            (
                "1m", "1m", [.value(2), .value(0), .value(2), .value(2), .value(0), .value(0)],
                ["0 pending/ok", "1 inactive/ok", "2 pending/ok", "3 firing/ok", "5 resolved/ok"]
            ),
        ] as [(String, String, [Minute], [String])])
    func `for and keep_firing_for`(hold: String, keep: String, timeline: [Minute], expected: [String]) throws {
        #expect(try changes(timeline, hold: hold, keep: keep) == expected)
        #expect(try changes(timeline, hold: hold, keep: keep, keepsThroughGaps: false) == expected)
    }

    @Test(
        arguments: [
            (
                "0s", "0s", [.value(2), .gap, .gap, .value(2), .value(0)],
                ["0 firing/ok", "1 firing/noData", "3 firing/ok", "4 resolved/ok"]
            ), ("0s", "0s", [.value(2), .gap, .value(0)], ["0 firing/ok", "1 firing/noData", "2 resolved/ok"]),
            (
                "0s", "0s", [.value(2), .failure, .failure, .value(2)],
                ["0 firing/ok", "1 firing/error", "3 firing/ok"]
            ),
            (
                "0s", "0s", [.value(2), .failure, .gap, .value(0)],
                ["0 firing/ok", "1 firing/error", "2 firing/noData", "3 resolved/ok"]
            ),
            (
                "2m", "0s", [.value(2), .gap, .gap, .gap, .value(2)],
                ["0 pending/ok", "1 pending/noData", "4 firing/ok"]
            ), ("2m", "0s", [.value(2), .gap, .value(0)], ["0 pending/ok", "1 pending/noData", "2 inactive/ok"]),
            (
                "0s", "2m", [.value(2), .value(0), .gap, .gap, .gap, .value(0)],
                ["0 firing/ok", "2 firing/noData", "5 resolved/ok"]
            ),
            ("0s", "5m", [.value(2), .gap, .value(0), .value(0)], ["0 firing/ok", "1 firing/noData", "2 firing/ok"]),
            ("0s", "0s", [.failure, .gap, .value(2)], ["2 firing/ok"]),
        ] as [(String, String, [Minute], [String])])
    func `gaps and failures keep the verdict`(hold: String, keep: String, timeline: [Minute], expected: [String]) throws
    {
        #expect(try changes(timeline, hold: hold, keep: keep) == expected)
    }

    @Test func `as in Prometheus a gap resolves`() throws {
        #expect(try changes([.value(2), .gap], keepsThroughGaps: false) == ["0 firing/ok", "1 resolved/ok"])
    }

    @Test func `an alert of several series is kept while one of them has no sample`() throws {
        let rule = try Self.rule("sum(x) > 3")
        var book = AlertBook(rules: [rule])
        func samples(_ values: [String: Double]) -> [[Sample]] {
            [values.map { Sample(labels: ["__name__": "x", "i": $0.key], value: $0.value) }]
        }
        let steps = [["1": 2.0, "2": 2], ["1": 2.0], ["1": 9.0], ["1": 1.0, "2": 1]]
        let changes = steps.enumerated().flatMap { minute, values in
            book.apply(RuleEvaluation(of: rule, at: Self.slot(minute), samples: samples(values)), at: Self.slot(minute))
                .map { "\(minute) \($0.verdict)/\($0.health) \($0.reason)" }
        }
        #expect(
            changes == [
                "0 firing/ok the condition became true",
                #"1 firing/no_data no sample for x{i="2"}"#.replacing("no_data", with: "noData"),
                "2 firing/ok all contributing series have samples again", "3 resolved/ok the condition is false",
            ])
    }

    @Test func `both sides of a comparison contribute`() throws {
        let rule = try Self.rule("x > on(i) y")
        var book = AlertBook(rules: [rule])
        let x = Sample(labels: ["__name__": "x", "i": "1"], value: 2)
        let y = Sample(labels: ["__name__": "y", "i": "1"], value: 1)
        _ = book.apply(RuleEvaluation(of: rule, at: Self.slot(0), samples: [[x], [y]]), at: Self.slot(0))
        #expect(
            book.apply(RuleEvaluation(of: rule, at: Self.slot(1), samples: [[x], []]), at: Self.slot(1)).map(\.health)
                == [.noData])
    }

    @Test func `an alert about absence is resolved when data come`() throws {
        let rule = try Self.rule("absent(x)")
        var book = AlertBook(rules: [rule])
        #expect(
            book.apply(RuleEvaluation(of: rule, at: Self.slot(0), samples: [[]]), at: Self.slot(0)).map(\.verdict) == [
                .firing
            ])
        #expect(
            book.apply(Self.evaluation(rule, .value(0), at: Self.slot(1)), at: Self.slot(1)).map(\.verdict) == [
                .resolved
            ])
    }

    @Test func `a saved alert goes on where it was`() throws {
        let rule = try Self.rule(hold: "2m")
        var first = AlertBook(rules: [rule])
        _ = first.apply(Self.evaluation(rule, .value(2), at: Self.slot(0)), at: Self.slot(0))
        var second = AlertBook(rules: [rule], alerts: first.alerts)
        #expect(second.alerts == first.alerts)
        let transitions = second.apply(Self.evaluation(rule, .value(3), at: Self.slot(2)), at: Self.slot(2))
        #expect(transitions.map(\.verdict) == [.firing])
        #expect(transitions.map(\.reason) == [.held(rule.holdDuration)])
        #expect(transitions.map(\.alert.activeAt) == [Self.slot(0)])
        #expect(transitions.map(\.alert.firedAt) == [Self.slot(2)])
        #expect(transitions.map(\.alert.value) == [3])
    }

    @Test(
        arguments: [
            ("2m", "0s", [.value(2)], 2), ("2m", "0s", [.value(2), .gap], nil), ("0s", "0s", [.value(2)], nil),
            ("0s", "3m", [.value(2)], nil), ("0s", "3m", [.value(2), .value(0)], 4),
            ("0s", "3m", [.value(2), .value(0), .failure], nil), ("0s", "3m", [.value(0)], nil),
        ] as [(String, String, [Minute], Int?)])
    func `the next timer`(hold: String, keep: String, timeline: [Minute], expected: Int?) throws {
        let rule = try Self.rule(hold: hold, keep: keep)
        var book = AlertBook(rules: [rule])
        for (minute, seen) in timeline.enumerated() {
            _ = book.apply(Self.evaluation(rule, seen, at: Self.slot(minute)), at: Self.slot(minute))
        }
        #expect(book.nextTimer == expected.map(Self.slot))
    }

    @Test func `a removed rule resolves its alerts, a changed one goes on`() throws {
        let rule = try Self.rule()
        var book = AlertBook(rules: [rule])
        _ = book.apply(Self.evaluation(rule, .value(2), at: Self.slot(0)), at: Self.slot(0))
        let changed = try Self.rule("z > 7")
        #expect(book.replaceRules([changed], at: Self.slot(1)) == [])
        #expect(book.alerts.count == 1)
        let removed = book.replaceRules([], at: Self.slot(2))
        #expect(removed.map(\.verdict) == [.resolved])
        #expect(removed.map(\.reason) == [.ruleRemoved])
        #expect(book.alerts == [])
    }

    @Test func `a saved alert without a rule is resolved by the rules of the restart`() throws {
        let rule = try Self.rule()
        var book = AlertBook(rules: [rule])
        _ = book.apply(Self.evaluation(rule, .value(2), at: Self.slot(0)), at: Self.slot(0))
        var restarted = AlertBook(rules: [], alerts: book.alerts)
        #expect(restarted.nextTimer == nil)
        #expect(restarted.replaceRules([], at: Self.slot(1)).map(\.alert.resolvedAt) == [Self.slot(1)])
    }

    @Test func `sources of an expression that was changed do not hold an alert`() throws {
        let rule = try Self.rule()
        var book = AlertBook(rules: [rule])
        _ = book.apply(Self.evaluation(rule, .value(2), at: Self.slot(0)), at: Self.slot(0))
        let changed = try Self.rule("z > 7")
        _ = book.replaceRules([changed], at: Self.slot(1))
        #expect(
            book.apply(RuleEvaluation(of: changed, at: Self.slot(1), samples: [[]]), at: Self.slot(1)).map(\.verdict)
                == [.resolved])
    }

    @Test func `the caller can mark alerts stale`() throws {
        let rule = try Self.rule()
        var book = AlertBook(rules: [rule])
        _ = book.apply(Self.evaluation(rule, .value(2), at: Self.slot(0)), at: Self.slot(0))
        #expect(book.mark(.stale, because: "event time stopped", at: Self.slot(1)).map(\.health) == [.stale])
        #expect(book.mark(.stale, because: "event time stopped", at: Self.slot(2)) == [])
        #expect(book.alerts.map(\.healthReason) == ["event time stopped"])
        #expect(book.apply(Self.evaluation(rule, .value(2), at: Self.slot(3)), at: Self.slot(3)).map(\.health) == [.ok])
    }

    /// Skipping the slots at which nothing can change gives what evaluating all of them gives.
    @Test(arguments: UInt64(0)..<100)
    func `skipped slots change nothing`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let rule = try Self.rule(hold: random.pick(["0s", "3m", "7m"]), keep: random.pick(["0s", "4m"]))
        var storage = SeriesStorage()
        var ends: [Time] = []
        var minute = 0
        while minute < 200 {
            storage.append(
                Double(random.pick([0, 2])), to: ["__name__": "x", "i": random.pick(["1", "2"])], at: Self.slot(minute))
            ends.append(Self.slot(minute))
            minute += random.pick([1, 2, 4, 20])
        }
        let interval = PrometheusDuration(microseconds: 60_000_000)
        let points = Slots.changes(ends: ends, lookback: storage.lookback)
        func run(skips: Bool) -> [String] {
            var book = AlertBook(rules: [rule])
            var found: [String] = []
            var slot: Time? = .epoch
            while let current = slot, current <= Self.slot(240) {
                let evaluation = RuleEvaluation(
                    of: rule, at: current, series: storage.series(for: rule.expression, at: current))
                found += book.apply(evaluation, at: current).map {
                    "\(current) \($0.alert.labels) \($0.verdict)/\($0.health)"
                }
                slot =
                    skips
                    ? Slots.next(
                        after: current, every: interval, changes: points, timer: book.nextTimer, through: Self.slot(240)
                    ) : Slots.next(after: current, every: interval)
            }
            return found
        }
        #expect(run(skips: true) == run(skips: false))
    }
}

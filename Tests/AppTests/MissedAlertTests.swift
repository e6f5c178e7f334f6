import JSON
import Monitoring
import Testing

/// Alerts that would have fired but for labels that came late, by rules that wait and rules that came later.
@Suite(.timeLimit(.minutes(15)))
struct MissedAlertTests {
    private static let decay = """
          - alert: Decay
            expr: driftline_accuracy{segment="",version=""} < 0.6
        """
    private static let told = "team resolved verdict corrected Decay"

    /// An hour that is right by the labels that came in time.
    private static func hour(_ hour: Int, _ live: inout AlertingFixture) async throws {
        try await live.rows(10, hour: hour)
        try await live.labels(0..<2, actual: "1", hour: hour, knownAt: Double(hour) + 0.9)
        try await live.reach(Double(hour) + 1)
    }

    /// Labels of some hours that say that the model was wrong, and time to look at them.
    private static func wrong(_ hours: some Sequence<Int>, at now: Double, _ live: inout AlertingFixture) async throws {
        for hour in hours { try await live.labels(2..<10, actual: "0", hour: hour, knownAt: now) }
        try await live.judge()
        try await live.judge(after: 3)
    }

    @Test(arguments: [1, 2, 3, 4])
    func `a rule that waits two hours would have fired only where it was true for as long`(wrongHours: Int) async throws
    {
        try await ServiceFixture.with { service in
            var live = try await AlertingFixture(service, rules: Self.decay + "\n    for: 2h\n")
            for hour in 0...5 { try await Self.hour(hour, &live) }
            #expect(try await live.told().isEmpty)
            try await Self.wrong(1...wrongHours, at: 6, &live)
            guard wrongHours >= 3 else {
                #expect(try await live.alert("Decay") == .null)
                #expect(try await live.told().isEmpty)
                return
            }
            let alert = try await live.alert("Decay")
            #expect(alert.changes == ["inactive>corrected"], "\(alert)")
            // True from the end of the first wrong hour, and for two hours at the end of the third.
            #expect(alert["history"]?.elements?.last?["correction"]?["slot"]?.string == AlertingFixture.time(4).rfc3339)
            #expect(try await live.told() == [Self.told])
            try await Self.wrong(1...1, at: 6.1, &live)
            #expect(try await live.told() == [Self.told])
        }
    }

    @Test func `a rule that came later would have fired only after it came`() async throws {
        try await ServiceFixture.with { service in
            var live = try await AlertingFixture(service, rules: "")
            for hour in 0...1 { try await Self.hour(hour, &live) }
            try await live.put("groups:\n- name: g\n  interval: 1h\n  rules:\n" + Self.decay)
            try await live.judge()
            for hour in 2...4 { try await Self.hour(hour, &live) }
            // The first hour was over before anybody asked for this.
            try await Self.wrong(0...0, at: 5, &live)
            #expect(try await live.alert("Decay") == .null)
            #expect(try await live.told().isEmpty)
            try await Self.wrong(3...3, at: 5.1, &live)
            let alert = try await live.alert("Decay")
            #expect(alert.changes == ["inactive>corrected"], "\(alert)")
            #expect(alert["history"]?.elements?.last?["correction"]?["slot"]?.string == AlertingFixture.time(4).rfc3339)
            #expect(try await live.told() == [Self.told])
        }
    }

    @Test func `a rule that came later has waited only since it came`() async throws {
        try await ServiceFixture.with { service in
            var live = try await AlertingFixture(service, rules: "")
            for hour in 0...1 { try await Self.hour(hour, &live) }
            try await live.put("groups:\n- name: g\n  interval: 1h\n  rules:\n" + Self.decay + "\n    for: 2h\n")
            try await live.judge()
            for hour in 2...5 { try await Self.hour(hour, &live) }
            // True at the slots 1 to 4, of which the rule would have seen the last two.
            try await Self.wrong(0...3, at: 6, &live)
            #expect(try await live.alert("Decay") == .null)
            #expect(try await live.told().isEmpty)
        }
    }
}

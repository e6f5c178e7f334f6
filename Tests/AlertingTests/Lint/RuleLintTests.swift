import Alerting
import Monitoring
import Query
import Testing

/// What is said against rules that are valid.
struct RuleLintTests {
    private static let vocabulary: RuleVocabulary = {
        var vocabulary = RuleVocabulary(
            series: [
                "driftline_ks": .init(range: 0...1), "driftline_psi": .init(range: 0 ... .infinity),
                "driftline_psi_threshold": .init(range: 0 ... .infinity),
                "driftline_accuracy": .init(range: 0...1), "driftline_accuracy_reference": .init(range: 0...1),
                "driftline_mean": .init(range: -.infinity ... .infinity), "driftline_drifted": .init(range: 0...1),
                "driftline_predictions": .init(range: 0 ... .infinity, isAlwaysThere: true),
            ],
            labels: ["feature", "measure", "model", "reference", "segment", "version", "window"],
            measures: ["ks", "psi"])
        vocabulary.ownSeries = ["driftline_deliveries_waiting"]
        return vocabulary
    }()

    private static let churn = RuleVocabulary.Model(
        name: "churn", windows: [WindowSpec(length: .hours(24), step: .hours(1))], features: ["age", "job", "score"],
        references: ["training"], hasSegments: true, hasVersions: false)

    private func warnings(_ rule: String, models: [RuleVocabulary.Model]? = nil, file: String = "a.yaml") throws -> [(
        RuleLint?, SourcePosition, String
    )] {
        var vocabulary = Self.vocabulary
        vocabulary.models = models
        vocabulary.recorded = ["team:psi"]
        let text = "groups:\n- name: g\n  interval: 1h\n  rules:\n  - {alert: A, \(rule)}\n"
        return try RuleFile(file: file, text: text, vocabulary: vocabulary).warnings.map {
            ($0.lint, SourcePosition(line: $0.line, column: $0.column), $0.message)
        }
    }

    @Test(arguments: [
        ("driftline_ks > 1", RuleLint.neverTrue), ("driftline_ks >= 1", nil), ("driftline_psi < 0", .neverTrue),
        ("driftline_accuracy > 1.5", .neverTrue), ("100 * driftline_accuracy < 80", nil),
        ("100 * driftline_accuracy > 101", .neverTrue), ("driftline_mean > 1e9", nil),
        ("driftline_accuracy - driftline_accuracy_reference < -1", .neverTrue),
        ("driftline_accuracy - driftline_accuracy_reference < -0.9", nil),
        ("avg_over_time(driftline_ks[1d]) > 2", .neverTrue), ("sum(driftline_ks) > 2", nil),
        ("max by (model) (driftline_ks) == 3", .neverTrue), ("count(driftline_ks) < 1", .neverTrue),
        ("vector(1) > 2", .neverTrue), ("driftline_psi >= 0", .alwaysTrue), ("driftline_ks != 2", .alwaysTrue),
        ("1 - driftline_ks < 0", .neverTrue), ("driftline_psi and driftline_ks > 1", .neverTrue),
        ("driftline_accuracy < 0.9 * driftline_accuracy_reference", nil), ("driftline_psi / 2 < 0", .neverTrue),
        ("absent(driftline_predictions)", .neverAbsent), ("absent(driftline_psi)", nil),
        ("driftline_psi{window=\"24h\", window=\"7d\"} > 1", .contradiction),
        ("driftline_psi{feature=\"age\", feature!~\"a.*\"} > 1", .contradiction),
        ("up == 0", .unknownSeries), ("team:psi > 1", nil),
        ("driftline_deliveries_waiting > 1", .unknownSeries), ("driftline_psi{featur=\"age\"} > 1", .unknownLabel),
        ("driftline_psi{other=\"\"} > 1", nil), ("driftline_drifted{measure=\"psy\"} == 1", .unknownValue),
    ])
    func `an expression is worth a warning or not`(expression: String, lint: RuleLint?) throws {
        let found = try warnings("expr: '\(expression)'")
        #expect(found.map(\.0) == [lint].compactMap(\.self), "\(found)")
    }

    @Test(arguments: [
        ("driftline_psi > 0.1 and driftline_kss > 0.2", 47, "driftline_kss; did you mean driftline_ks?"),
        ("driftline_acuracy < 0.8", 23, "driftline_acuracy; did you mean driftline_accuracy?"),
        ("driftline_pis > 0.2", 23, "driftline_pis; did you mean driftline_psi?"),
    ])
    func `a series of ours that does not exist is a mistake, with its place and the nearest name`(
        expression: String, column: Int, message: String
    ) throws {
        let error = #expect(throws: RuleFileError.self) { try warnings("expr: '\(expression)'") }
        let mistake = try #require(error?.diagnostics.first)
        #expect(mistake.position == SourcePosition(line: 5, column: column))
        #expect(mistake.message == "there is no series \(message)")
    }

    @Test func `a warning stands where the mistake is, and says what to write`() throws {
        let found = try warnings("expr: 'driftline_psi > 0.1 and driftlin_ks > 0.2'")
        #expect(found.map(\.1) == [SourcePosition(line: 5, column: 47)])
        #expect(found.map(\.2) == ["there is no series driftlin_ks; did you mean driftline_ks?"])
        let never = try warnings("expr: 'driftline_ks > 1'")
        #expect(never.map(\.1) == [SourcePosition(line: 5, column: 36)])
    }

    @Test(arguments: [
        ("driftline_psi{segment=\"\", window=\"48h\"} > 1", RuleLint.unknownWindow),
        ("driftline_psi{segment=\"\", window=~\"24h|7d\"} > 1", nil),
        ("driftline_psi{segment=\"\", model=\"chrn\"} > 1", .unknownValue),
        ("driftline_psi{segment=\"\", feature=\"agee\"} > 1", .unknownValue),
        ("driftline_psi{segment=\"\", reference=\"trainin\"} > 1", .unknownValue), ("driftline_psi > 1", .everySlice),
        ("driftline_psi{segment=\"\"} > driftline_psi_threshold", nil),
        ("driftline_psi{segment=\"\"} and on (model) driftline_predictions > 5", .everySlice),
    ])
    func `what no model has is told where models are known`(expression: String, lint: RuleLint?) throws {
        let found = try warnings("expr: '\(expression)'", models: [Self.churn])
        #expect(found.map(\.0) == [lint].compactMap(\.self), "\(found)")
        #expect(try warnings("expr: '\(expression)'").isEmpty)
    }

    @Test(arguments: [("30m", RuleLint.shortFor), ("1h", nil), ("0s", nil)])
    func `for is no shorter than the evaluation or the windows`(hold: String, lint: RuleLint?) throws {
        let found = try warnings("expr: 'driftline_psi{segment=\"\"} > 1', for: \(hold)", models: [Self.churn])
        #expect(found.map(\.0) == [lint].compactMap(\.self))
    }

    @Test func `rules about the service read its own series`() throws {
        #expect(try warnings("expr: driftline_deliveries_waiting > 1", file: "rules/self/a.yaml").isEmpty)
    }
}

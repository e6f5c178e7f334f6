import Monitoring
import Statistics
import Testing

/// One row of the table of refused settings.
struct SchemaMistakeCase: Sendable, CustomTestStringConvertible {
    let name: String
    let change: ModelSchemaChange
    let pointers: [String]

    var testDescription: String { name }

    init(_ name: String, _ pointers: [String], _ edit: (inout ModelSchemaChange) -> Void) {
        self.name = name
        self.pointers = pointers
        var change = ModelSchemaChange()
        change.task = .binary
        edit(&change)
        self.change = change
    }

    static let all: [Self] = features + outputs + windows + rest

    private static let features: [Self] = [
        Self("a feature twice", ["/features/a"]) { $0.features = [number("a"), number("a")] },
        Self("a feature without a name", ["/features/"]) { $0.features = [number("")] },
        Self("a name with U+0000", ["/features/a\0"]) { $0.features = [number("a\0")] },
        Self("a long name", ["/features/" + String(repeating: "x", count: 513)]) {
            $0.features = [number(ByteText(String(repeating: "x", count: 513)))]
        },
        Self("a pointer is escaped", ["/features/a~1b~0c/max"]) {
            $0.features = [FeatureDeclaration(name: "a/b~c", kind: .numeric, min: 2, max: 1)]
        },
        Self("an infinite bound", ["/features/a/min"]) {
            $0.features = [FeatureDeclaration(name: "a", kind: .numeric, min: -.infinity)]
        },
        Self("a range of texts", ["/features/a"]) {
            $0.features = [FeatureDeclaration(name: "a", kind: .categorical, min: 1)]
        },
    ]

    private static let outputs: [Self] = [
        Self("three classes of two", ["/classes"]) { $0.classes = ["0", "1", "2"] },
        Self("equal classes", ["/classes/1"]) { $0.classes = ["1", "1.0"] },
        Self("a positive class of its own", ["/positive_class"]) {
            $0.classes = ["yes", "no"]
            $0.positiveClass = "maybe"
        },
        Self("the default positive class is none", ["/positive_class"]) { $0.classes = ["yes", "no"] },
        Self("an endless threshold", ["/threshold"]) { $0.threshold = .nan },
    ]

    private static let windows: [Self] = [
        Self("no windows", ["/windows"]) { $0.windows = [] },
        Self("a short step", ["/windows/0/step"]) { $0.windows = [spec(60, 30)] },
        Self("no step", ["/windows/0/step"]) { $0.windows = [spec(60, 0)] },
        Self("a length between steps", ["/windows/0/length"]) { $0.windows = [spec(150, 60)] },
        Self("a length below the step", ["/windows/0/length"]) { $0.windows = [spec(60, 120)] },
        Self("too many steps", ["/windows/0/length"]) { $0.windows = [spec(60 * 10_001, 60)] },
        Self("equal lengths", ["/windows/1/length"]) { $0.windows = [spec(120, 60), spec(120, 120)] },
        Self("a tiny common divisor", ["/windows"]) {
            let offset = PrometheusDuration(microseconds: 1)
            $0.windows = [WindowSpec(length: .minutes(1), step: .minutes(1), offset: offset)]
        },
        Self("too many panes", ["/windows/1/length"]) {
            let month = WindowSpec(length: .days(1000), step: .days(1))
            $0.windows = [WindowSpec(length: .minutes(1), step: .minutes(1)), month]
        },
        Self("several at once", ["/windows/0/step", "/windows/0/length", "/grid_points"]) {
            $0.windows = [spec(45, 30)]
            $0.gridPoints = 1
        },
    ]

    private static let rest: [Self] = [
        Self("an unknown feature in a segment", ["/segments/0/1"]) {
            $0.features = [FeatureDeclaration(name: "country", kind: .categorical)]
            $0.segments = [["country", "age"]]
        },
        Self("a number in a segment", ["/segments/0/0"]) {
            $0.features = [number("age")]
            $0.segments = [["age"]]
        },
        Self("an empty segment", ["/segments/0"]) { $0.segments = [[]] },
        Self("the same segment twice", ["/segments/1"]) { $0.segments = [["a", "b"], ["b", "a"]] },
        Self("too many grid points", ["/grid_points"]) { $0.gridPoints = 65_537 },
        Self("an unknown PSI method", ["/methods/psi"]) { $0.methods = ["psi": "quartiles"] },
        Self("a method of something else", ["/methods/ks"]) { $0.methods = ["ks": "exact"] },
        Self("a rate of 1", ["/alerting/false_alarm_rate"]) { $0.falseAlarmRate = 1 },
        Self("an unknown measure", ["/alerting/smallest_effect/pis"]) { $0.smallestEffect = ["pis": 0.1] },
        Self("a negative effect", ["/alerting/smallest_effect/psi"]) { $0.smallestEffect = ["psi": -1] },
        Self("no budget", ["/alerting/budget/alerts"]) { $0.budgetAlerts = 0 },
        Self("no retention", ["/retention/rows"]) { $0.retentionRows = .zero },
        Self("panes that go before their windows are judged", ["/retention/panes"]) {
            ($0.retentionPanes, $0.retentionDayPanes) = (.hours(25), .days(400))
        },
        Self("a negative delay", ["/watermark_delay"]) { $0.watermarkDelay = PrometheusDuration(microseconds: -1) },
    ]

    private static func number(_ name: ByteText) -> FeatureDeclaration {
        FeatureDeclaration(name: name, kind: .numeric)
    }

    private static func spec(_ length: Int64, _ step: Int64) -> WindowSpec {
        WindowSpec(
            length: PrometheusDuration(microseconds: length * 1_000_000),
            step: PrometheusDuration(microseconds: step * 1_000_000))
    }
}

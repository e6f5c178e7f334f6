import Monitoring
import Statistics
import Testing

struct ModelSchemaTests {
    @Test func `a new model has the documented defaults`() throws {
        let schema = try ModelSchema.creating(from: change(task: .binary))
        #expect(schema.windows.map(\.length.text) == ["24h", "7d"])
        #expect(schema.windows.map(\.step.text) == ["1h", "1d"])
        #expect(schema.gridPoints == 1024)
        #expect(schema.threshold == 0.5)
        #expect(schema.positiveClass == "1")
        #expect(schema.negativeClass == "0")
        #expect(schema.watermarkDelay == .zero)
        #expect(schema.allowedLateness.text == "1h")
        #expect(schema.labelHorizon.text == "90d")
        #expect(schema.retention.rows.text == "90d")
        #expect(schema.retention.panes.text == "800d")
        #expect(schema.alerting.falseAlarmRate == 0.01)
        #expect(schema.alerting.control.rawValue == "bh")
        #expect(schema.psiMethod.description == "decile-right/half")
        #expect(schema.paneWidth == .hours(1))
        #expect(!schema.featuresFixed)
    }

    // The windows of 24 h by 1 h need 24 h, the step, and the hour of allowed lateness; those of 7 d by 1 d need none.
    @Test(arguments: [(26, 9600, 9600), (25, nil, 25), (2, 1, 2)] as [(Int64, Int64?, Int64)])
    func `where days outlive panes, panes are there for windows that cut days`(
        panes: Int64, days: Int64?, longest: Int64
    ) throws {
        var change = change(task: .unlabelled)
        change.retentionPanes = .hours(panes)
        change.retentionDayPanes = days.map { .hours($0) }
        #expect(try ModelSchema.creating(from: change).retention.statistics == .hours(longest))
    }

    @Test func `a new model without a task is refused`() {
        #expect(throws: SchemaRefusal.self) { try ModelSchema.creating(from: ModelSchemaChange()) }
    }

    @Test func `steps and offsets decide the pane`() throws {
        var change = change(task: .unlabelled)
        change.windows = [
            try window("6h", "6h", "4h"), try window("7d", "1d"), try window("90m", "90m"),
        ]
        #expect(try ModelSchema.creating(from: change).paneWidth == .minutes(30))
    }

    @Test func `keys left out keep their value`() throws {
        var first = change(task: .regression)
        first.gridPoints = 64
        first.features = [feature("a", .numeric), feature("b", .categorical)]
        first.labelHorizon = PrometheusDuration("30d")
        let schema = try ModelSchema.creating(from: first)
        var second = ModelSchemaChange()
        second.threshold = 0.7
        let changed = try schema.applying(second)
        #expect(changed.gridPoints == 64)
        #expect(changed.features == schema.features)
        #expect(changed.labelHorizon.text == "30d")
        #expect(changed.threshold == 0.7)
        #expect(!changed.foldsDifferently(from: changed))
        #expect(changed.foldsDifferently(from: schema))
    }

    @Test func `a default that is sent back as shown folds nothing anew`() throws {
        let schema = try ModelSchema.creating(from: change(task: .binary))
        var shown = ModelSchemaChange()
        shown.positiveClass = schema.positiveClass
        let declared = try schema.applying(shown)
        #expect(declared.declaredPositiveClass == "1")
        #expect(!declared.foldsDifferently(from: schema))
        #expect(!declared.foldsRowsDifferently(from: schema))
    }

    @Test func `positions are stable and never used twice`() throws {
        var schema = try ModelSchema.creating(
            from: change(
                task: .unlabelled,
                features: [feature("a", .numeric), feature("b", .categorical), feature("c", .numeric)]))
        #expect(schema.features.map(\.position) == [0, 0, 1])
        schema = try schema.applying(change(features: [feature("c", .numeric), feature("d", .numeric)]))
        #expect(schema.features.map(\.position) == [1, 2])
        #expect(schema.numericPositions == 3)
        schema = try schema.applying(change(features: [feature("a", .numeric), feature("c", .numeric)]))
        #expect(schema.feature(named: "a")?.position == 3)
        #expect(schema.numericFeatures.map(\.name) == ["c", "a"])
    }

    @Test func `a change of type is a conflict unless a reference comes with it`() throws {
        let schema = try ModelSchema.creating(from: change(task: .unlabelled, features: [feature("a", .numeric)]))
        let wish = change(features: [feature("a", .categorical)])
        let refusal = #expect(throws: SchemaRefusal.self) { try schema.applying(wish) }
        #expect(refusal?.isConflict == true)
        #expect(refusal?.mistakes.map(\.pointer) == ["/features/a/type"])
        let changed = try schema.applying(wish, withNewReference: true)
        #expect(changed.feature(named: "a")?.kind == .categorical)
    }

    @Test func `the task of a model cannot change`() throws {
        let schema = try ModelSchema.creating(from: change(task: .binary))
        let refusal = #expect(throws: SchemaRefusal.self) { try schema.applying(change(task: .regression)) }
        #expect(refusal?.isConflict == true)
    }

    @Test func `features are fixed once`() throws {
        let schema = try ModelSchema.creating(from: change(task: .unlabelled))
        let fixed = try schema.fixing(features: [feature("x", .numeric)])
        #expect(fixed.featuresFixed)
        #expect(try fixed.fixing(features: [feature("y", .numeric)]) == fixed)
    }

    @Test(arguments: SchemaMistakeCase.all)
    func `a mistake is named with its pointer`(example: SchemaMistakeCase) {
        let refusal = #expect(throws: SchemaRefusal.self) { try ModelSchema.creating(from: example.change) }
        #expect(refusal?.mistakes.map(\.pointer) == example.pointers)
        #expect(refusal?.isConflict == false)
    }

    @Test(arguments: [
        ("1", true, "1"), ("1.0", true, "1"), ("1e3", true, "1000"), ("-0", true, "0"), ("0.10", true, "0.1"),
        ("01", true, "01"), ("abc", true, "abc"), ("1.0", false, "1.0"), ("100000000000000000000000", true, "1e+23"),
        ("1e-7", true, "1e-7"), ("12345678901234567890.5", true, "12345678901234567890.5"),
        ("1e9999999999", true, "1e9999999999"),
        ("9007199254740993", true, "9007199254740993"),
    ])
    func `numeric classes have one text`(text: String, isNumeric: Bool, expected: String) {
        #expect(ClassText(isNumeric: isNumeric).canonical(ByteText(text)) == ByteText(expected))
    }

    @Test(arguments: [
        (1.0, "1"), (1.5, "1.5"), (0.1, "0.1"), (1e21, "1e+21"), (-0.0, "0"), (1e-7, "1e-7"),
        (1e20, "100000000000000000000"),
    ])
    func `a JSON number has its shortest text`(number: Double, expected: String) {
        #expect(ClassText.text(of: number) == ByteText(expected))
    }

    @Test(
        arguments: [
            (["0", "1"], nil, true), (["0", "1.0"], "1", true), (["yes", "no"], "yes", false),
            (["1", "x"], "1", false),
            ([], nil, true), ([], "true", false),
        ] as [([ByteText], ByteText?, Bool)])
    func `classes are numbers where all declared ones are`(classes: [ByteText], positive: ByteText?, isNumeric: Bool)
        throws
    {
        var change = change(task: .binary)
        change.classes = classes
        change.positiveClass = positive
        #expect(try ModelSchema.creating(from: change).classText.isNumeric == isNumeric)
    }

    @Test(arguments: [("churn", true), ("a.b-c_9", true), ("", false), ("-a", false), ("a/b", false), ("ä", false)])
    func `model names are plain`(name: String, isValid: Bool) {
        #expect(ModelSchema.isModelName(name) == isValid)
        #expect(!ModelSchema.isModelName(name + String(repeating: "x", count: 129)))
    }
}

private func change(task: ModelSchema.Task? = nil, features: [FeatureDeclaration]? = nil) -> ModelSchemaChange {
    var change = ModelSchemaChange()
    change.task = task
    change.features = features
    return change
}

private func feature(_ name: ByteText, _ kind: FeatureType) -> FeatureDeclaration {
    FeatureDeclaration(name: name, kind: kind)
}

private func window(_ length: String, _ step: String, _ offset: String = "0s") throws -> WindowSpec {
    WindowSpec(
        length: try #require(PrometheusDuration(length)), step: try #require(PrometheusDuration(step)),
        offset: try #require(PrometheusDuration(offset)))
}

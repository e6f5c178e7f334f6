import Statistics

/// The verdicts about one window, each law worked out once.
///
/// The tests that are controlled together are those of one measure over all columns of the window; a summary that holds some
/// columns only gives other verdicts under Benjamini and Hochberg's control.
package struct WindowVerdicts: Sendable {
    private let window: SharedSummary
    private let level: Double
    private var columns: [ColumnName: ColumnNull?] = [:]
    private var cutoffs: [Measure: Double?] = [:]
    /// What the columns differ in, counted once for all measures; empty before `settle`.
    private var readings: [ColumnName: DriftReading] = [:]
    /// The verdicts by the model's own definitions; empty before `settle`.
    private var settled: [ColumnName: [(measure: Measure, verdict: Verdict?)]] = [:]
    private var quality: QualityVerdicts?
    private var quantiles = LevelQuantiles()

    /// A value and what chance allows it.
    fileprivate struct Test {
        let law: NullLaw
        /// Of measures that have a sign, the magnitude.
        let value: Double
        /// How far the value may lie above the truth.
        let doubt: Double

        /// The probability of a value at least as great without drift.
        var survival: Double { law.survival(value - doubt) }
    }

    /// The measures that have a verdict.
    fileprivate static let judged = Measure.allCases.compactMap { measure in
        measure.drift.flatMap { $0.isProbability ? nil : (measure: measure, drift: $0) }
    }

    /// Verdicts by the model's settings.
    package init(_ summary: WindowSummary) { self.init(SharedSummary(summary)) }

    /// The same of a window that others ask as well.
    package init(_ window: SharedSummary) {
        self.window = window
        level = window.summary.testLevel
    }

    /// What a column differs in and what chance allows it, worked out apart from all other columns.
    package struct Column: Sendable {
        fileprivate let reading: DriftReading?
        fileprivate let null: ColumnNull?
        fileprivate let tests: [Test?]

        /// A column of a window; most of the work of its verdicts.
        package init(_ column: ColumnName, of summary: WindowSummary) {
            let method = summary.schema.driftMethod
            let reading = summary.driftReading(column)
            var null = ColumnNull(summary, column)
            tests = WindowVerdicts.judged.map { measure, drift in
                guard let law = null?.law(drift, method) else { return nil }
                return reading?.value(measure, method).map { WindowVerdicts.test(drift, $0, law) }
            }
            (self.reading, self.null) = (reading, null)
        }
    }

    /// Works out all verdicts by the model's own definitions, so that asking for them changes nothing any more.
    ///
    /// `known` are columns that were worked out before.
    package mutating func settle(_ known: [ColumnName: Column] = [:]) {
        let names = window.summary.columns
        var tests: [[Test?]] = []
        for name in names {
            let column = known[name] ?? Column(name, of: window.summary)
            tests.append(column.tests)
            readings[name] = column.reading
            columns[name] = .some(column.null)
        }
        if spec.control == .benjaminiHochberg {
            for (place, judged) in Self.judged.enumerated() {
                cutoffs[judged.measure] = .some(cutoff(tests.compactMap { $0[place]?.survival }))
            }
        }
        for (row, column) in names.enumerated() {
            let kind = window.summary.kind(of: column)
            settled[column] = Self.judged.enumerated().map { place, judged in
                guard kind == .numeric ? judged.drift.isNumeric : judged.drift.isCategorical else {
                    return (judged.measure, nil)
                }
                return (judged.measure, verdict(judged.measure, judged.drift, tests[row][place], column, nil))
            }
        }
    }

    /// The threshold alone; nil where nothing can be told.
    package mutating func threshold(
        _ measure: Measure, column: ColumnName?, method: DriftMethod? = nil
    ) -> Double? {
        if measure == .duplicateRatio { return window.summary.duplicateVerdict.threshold }
        guard let column else { return nil }
        if let share = QualityMeasure(ratio: measure) { return qualityVerdict(share, column).threshold }
        guard let drift = measure.drift, let law = law(drift, column, method) else { return nil }
        let value = drift.isMoved ? value(measure, column, method) : nil
        return threshold(drift, law, doubt: value.map(drift.doubt) ?? 0)
    }

    /// The share below which a window differs as well; nil for measures that are tested upwards only, and where nothing can be told.
    package mutating func thresholdLow(_ measure: Measure, column: ColumnName?) -> Double? {
        guard let column, let share = QualityMeasure(ratio: measure), share.isTwoSided else { return nil }
        return qualityVerdicts().verdict(share, column: column).critical?.low
    }

    /// The verdict about a measure; nil for what is no measure of drift, or not of such a column.
    package mutating func verdict(
        _ measure: Measure, column: ColumnName?, method: DriftMethod? = nil
    ) -> Verdict? {
        if measure == .duplicateRatio { return window.summary.duplicateVerdict }
        guard let column else { return nil }
        if method == nil, let known = settledVerdict(measure, column: column) { return known }
        if let share = QualityMeasure(ratio: measure) { return qualityVerdict(share, column) }
        return judge(measure, column, method)
    }

    /// The verdict about a measure of drift by the model's own definitions, after `settle`.
    package func settledVerdict(_ measure: Measure, column: ColumnName) -> Verdict? {
        settled[column]?.first { $0.measure == measure }?.verdict
    }

    /// What a column differs in from the reference; nil without one, and before `settle`.
    package func reading(_ column: ColumnName) -> DriftReading? { readings[column] }

    private mutating func judge(_ measure: Measure, _ column: ColumnName, _ method: DriftMethod?) -> Verdict? {
        guard let drift = measure.drift, !drift.isProbability, let kind = window.summary.kind(of: column),
            kind == .numeric ? drift.isNumeric : drift.isCategorical
        else { return nil }
        if hasNull(column), method?.peer != nil { return Verdict(threshold: nil, isDrifted: nil, gap: .noLaw) }
        return verdict(measure, drift, test(measure, drift, column, method), column, method)
    }

    private mutating func verdict(
        _ measure: Measure, _ drift: DriftMeasure, _ test: Test?, _ column: ColumnName, _ method: DriftMethod?
    ) -> Verdict {
        guard let test else {
            return Verdict(threshold: nil, isDrifted: nil, gap: gap(measure, drift, column, method))
        }
        let threshold = threshold(drift, test.law, doubt: test.doubt)
        let isDrifted = isDrifted(measure, drift, test)
        return Verdict(threshold: threshold, isDrifted: isDrifted, gap: isDrifted == nil ? .insufficient : nil)
    }

    /// Why a measure has no test: of two sides that are large enough, why it has no value.
    private mutating func gap(
        _ measure: Measure, _ drift: DriftMeasure, _ column: ColumnName, _ method: DriftMethod?
    ) -> NullReason {
        guard hasNull(column), case .some(.some(var null)) = columns[column] else { return .noReference }
        let definition = method ?? window.summary.schema.driftMethod
        guard null.hasEnough(for: drift, definition), value(measure, column, method) == nil else {
            return .insufficient
        }
        return (readings[column] ?? window.summary.driftReading(column))?.gap(measure, definition) ?? .insufficient
    }

    private mutating func test(
        _ measure: Measure, _ drift: DriftMeasure, _ column: ColumnName, _ method: DriftMethod?
    ) -> Test? {
        guard let law = law(drift, column, method) else { return nil }
        return value(measure, column, method).map { Self.test(drift, $0, law) }
    }

    fileprivate static func test(_ drift: DriftMeasure, _ value: DriftValue, _ law: NullLaw) -> Test {
        Test(law: law, value: drift.isSigned ? value.value.magnitude : value.value, doubt: drift.doubt(of: value))
    }

    private func value(_ measure: Measure, _ column: ColumnName, _ method: DriftMethod?) -> DriftValue? {
        readings[column].map { $0.value(measure, method ?? window.summary.schema.driftMethod) }
            ?? window.summary.drift(measure, column: column, method: method)
    }

    private mutating func qualityVerdict(_ measure: QualityMeasure, _ column: ColumnName) -> Verdict {
        qualityVerdicts().verdict(measure, column: column).verdict
    }

    private mutating func qualityVerdicts() -> QualityVerdicts {
        let verdicts = quality ?? QualityVerdicts(window.summary)
        quality = verdicts
        return verdicts
    }

    private mutating func threshold(_ measure: DriftMeasure, _ law: NullLaw, doubt: Double) -> Double? {
        law.critical(at: spec.falseAlarmRate, quantiles: &quantiles).map { max($0 + doubt, effect(of: measure)) }
    }

    private mutating func isDrifted(_ name: Measure, _ measure: DriftMeasure, _ test: Test) -> Bool? {
        let (value, doubt) = (test.value, test.doubt)
        let critical = test.law.critical(at: level, quantiles: &quantiles)
        switch spec.control {
        case .uncorrected, .budget: return critical.map { value > max($0 + doubt, effect(of: measure)) }
        case .benjaminiHochberg:
            guard critical != nil else { return nil }
            guard let cutoff = cutoff(name, measure) else { return false }
            return test.survival <= cutoff && value > effect(of: measure)
        }
    }

    /// The greatest p-value of a measure that is told among those of all columns.
    private mutating func cutoff(_ name: Measure, _ measure: DriftMeasure) -> Double? {
        if let known = cutoffs[name] { return known }
        let cutoff = cutoff(window.summary.columns.compactMap { test(name, measure, $0, nil)?.survival })
        cutoffs[name] = .some(cutoff)
        return cutoff
    }

    private func cutoff(_ pValues: [Double]) -> Double? {
        FalseDiscovery.greatest(of: pValues, rate: level)
    }

    private var spec: AlertingSpec { window.summary.schema.alerting }

    private func effect(of measure: DriftMeasure) -> Double { spec.smallestEffect[measure] ?? 0 }

    private mutating func law(_ measure: DriftMeasure, _ column: ColumnName, _ method: DriftMethod?) -> NullLaw? {
        guard hasNull(column) else { return nil }
        let method = method ?? window.summary.schema.driftMethod
        guard case .some(.some(var null)) = columns[column] else { return nil }
        let law = null.law(measure, method)
        columns[column] = .some(null)
        return law
    }

    private mutating func hasNull(_ column: ColumnName) -> Bool {
        if let known = columns[column] { return known != nil }
        let made = ColumnNull(window.summary, column)
        columns[column] = .some(made)
        return made != nil
    }
}

extension DriftMeasure {
    /// Whether its threshold depends on the window.
    fileprivate var isMoved: Bool { isBiased || self == .cramerVonMises }

    /// Whether its value errs upwards where the grid cannot tell, so that only what lies beyond its error bound is drift.
    ///
    /// Between cut points the middle of what a distance can be is taken. Where chance differences are smaller than the cells of
    /// the grid, as in windows of a hundred thousand rows, that is far above them.
    fileprivate var isBiased: Bool { self == .wasserstein || self == .energy }

    /// What is not held against chance: what the grid cannot tell, and what comes from ties alone.
    fileprivate func doubt(of value: DriftValue) -> Double {
        if self == .cramerVonMises { return value.tieShift ?? 0 }
        return isBiased ? value.errorBound ?? 0 : 0
    }
}

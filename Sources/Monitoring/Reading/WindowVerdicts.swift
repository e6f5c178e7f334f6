import Statistics

/// The verdicts about one window, each law worked out once.
///
/// The tests that are controlled together are those of one measure over all columns of the window; a summary that holds some
/// columns only gives other verdicts under Benjamini and Hochberg's control.
package struct WindowVerdicts {
    private let summary: WindowSummary
    private let level: Double
    private var columns: [ColumnName: ColumnNull?] = [:]
    private var cutoffs: [DriftMeasure: Double?] = [:]
    /// What the columns differ in, counted once for all measures; empty before `settle`.
    private var readings: [ColumnName: DriftReading] = [:]
    private var quality: QualityVerdicts?

    /// Verdicts by the model's settings.
    package init(_ summary: WindowSummary) {
        self.summary = summary
        level = summary.schema.testLevel
    }

    /// Works out what all verdicts need, so that asking for them changes nothing any more.
    package mutating func settle() {
        for column in summary.columns {
            _ = null(column)
            readings[column] = summary.driftReading(column)
        }
        guard spec.control == .benjaminiHochberg else { return }
        for measure in DriftMeasure.allCases where !measure.isProbability { _ = cutoff(measure) }
    }

    /// The threshold alone; nil where nothing can be told.
    package mutating func threshold(
        _ measure: Measure, column: ColumnName, method: DriftMethod? = nil
    ) -> Double? {
        if let share = QualityMeasure(ratio: measure) { return qualityVerdict(share, column).threshold }
        guard let drift = measure.drift, let law = law(drift, column, method) else { return nil }
        let value = drift.isMoved ? value(measure, column, method) : nil
        return threshold(drift, law, doubt: value.map(drift.doubt) ?? 0)
    }

    /// The verdict about a measure; nil for what is no measure of drift, or not of such a column.
    package mutating func verdict(
        _ measure: Measure, column: ColumnName, method: DriftMethod? = nil
    ) -> Verdict? {
        if let share = QualityMeasure(ratio: measure) { return qualityVerdict(share, column) }
        guard let drift = measure.drift, !drift.isProbability, let kind = summary.kind(of: column),
            kind == .numeric ? drift.isNumeric : drift.isCategorical
        else { return nil }
        guard null(column) != nil else { return Verdict(threshold: nil, isDrifted: nil, gap: .noReference) }
        guard let law = law(drift, column, method),
            let value = value(measure, column, method)
        else { return Verdict(threshold: nil, isDrifted: nil, gap: .insufficient) }
        let threshold = threshold(drift, law, doubt: drift.doubt(of: value))
        let isDrifted = isDrifted(drift, value, law)
        return Verdict(threshold: threshold, isDrifted: isDrifted, gap: isDrifted == nil ? .insufficient : nil)
    }

    /// What a column differs in from the reference; nil without one, and before `settle`.
    package func reading(_ column: ColumnName) -> DriftReading? { readings[column] }

    /// What is held against the threshold: of measures that have a sign, the magnitude.
    private func value(_ measure: Measure, _ column: ColumnName, _ method: DriftMethod?) -> DriftValue? {
        let found =
            readings[column].map { $0.value(measure, method ?? summary.schema.driftMethod) }
            ?? summary.drift(measure, column: column, method: method)
        guard var value = found, measure.drift?.isSigned == true else { return found }
        value.value = value.value.magnitude
        return value
    }

    private mutating func qualityVerdict(_ measure: QualityMeasure, _ column: ColumnName) -> Verdict {
        let verdicts = quality ?? QualityVerdicts(summary)
        quality = verdicts
        return verdicts.verdict(measure, column: column).verdict
    }

    private func threshold(_ measure: DriftMeasure, _ law: NullLaw, doubt: Double) -> Double? {
        law.critical(at: spec.falseAlarmRate).map { max($0 + doubt, effect(of: measure)) }
    }

    private mutating func isDrifted(_ measure: DriftMeasure, _ found: DriftValue, _ law: NullLaw) -> Bool? {
        let (value, doubt) = (found.value, measure.doubt(of: found))
        switch spec.control {
        case .uncorrected, .budget:
            return law.critical(at: level).map { value > max($0 + doubt, effect(of: measure)) }
        case .benjaminiHochberg:
            guard law.critical(at: level) != nil else { return nil }
            guard let cutoff = cutoff(measure) else { return false }
            return law.survival(value - doubt) <= cutoff && value > effect(of: measure)
        }
    }

    /// The greatest p-value of a measure that is told among those of all columns.
    private mutating func cutoff(_ measure: DriftMeasure) -> Double? {
        if let known = cutoffs[measure] { return known }
        var pValues: [Double] = []
        for column in summary.columns {
            guard let name = Measure(rawValue: measure.rawValue), let law = law(measure, column, nil),
                let value = value(name, column, nil)
            else { continue }
            pValues.append(law.survival(value.value - measure.doubt(of: value)))
        }
        let cutoff = FalseDiscovery.greatest(of: pValues, rate: spec.falseAlarmRate)
        cutoffs[measure] = .some(cutoff)
        return cutoff
    }

    private var spec: AlertingSpec { summary.schema.alerting }

    private func effect(of measure: DriftMeasure) -> Double { spec.smallestEffect[measure] ?? 0 }

    private mutating func law(_ measure: DriftMeasure, _ column: ColumnName, _ method: DriftMethod?) -> NullLaw? {
        null(column)?.law(measure, method ?? summary.schema.driftMethod)
    }

    private mutating func null(_ column: ColumnName) -> ColumnNull? {
        if let known = columns[column] { return known }
        let made = ColumnNull(summary, column)
        columns[column] = .some(made)
        return made
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

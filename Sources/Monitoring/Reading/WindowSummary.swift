package import Statistics

/// The panes of one window, merged and frozen; only answers.
///
/// What is undefined is nil, never NaN and never 0; counts of an empty window are 0.
package struct WindowSummary: Sendable {
    /// The stretch of event time.
    package let window: Window

    /// The merged panes.
    package let pane: Pane

    /// What the columns are counted over.
    package let grids: ColumnGrids

    /// The model.
    package let schema: ModelSchema

    /// What the window is compared with; nil without a reference.
    package let reference: ReferenceSide?

    /// Why a reference that exists is not compared with.
    package let gap: ReferenceGap?

    /// What is known of the time before the window; nil where no one asked.
    package var volume: WindowVolume?

    /// The labels that count: all, or those that were known at the window's end or at a later time.
    package private(set) var counts: OutcomeCounts

    /// The time at which a label must have been known to count; nil where all count.
    private(set) var knownAt: Time?

    /// Whether only labels that were known at some time count.
    package var isKnownAtEnd: Bool { knownAt != nil }

    /// Where simulated laws of its measures come from.
    package var laws: any NullLawSource = FreshNullLaws()
    /// Of how many segments its rows are one, which are judged together; nil for all rows and for a version's.
    package var segments: Int?
    /// How far the model's event time has come; nil where that is not known, and then labels are not expected to come.
    package var watermark: Time?

    private let layout: ColumnLayout

    /// What the window tells by itself.
    private(set) var reading: PaneReading

    /// What the reference tells by itself; nil without one.
    let referenceReading: PaneReading?

    /// A summary of merged panes.
    ///
    /// With `knownAtEnd` measures of the confusion matrix and of residuals go by the labels that were known at the window's
    /// end; `known` gives their counts where they are summed up already, and `layout` the schema's columns where they are known.
    package init(
        window: Window, pane: Pane, schema: ModelSchema, grids: ColumnGrids, reference: ReferenceSide?,
        gap: ReferenceGap? = nil, knownAtEnd: Bool = false, known: OutcomeCounts? = nil, layout: ColumnLayout? = nil
    ) {
        self.window = window
        self.pane = pane
        self.schema = schema
        self.grids = grids
        self.reference = reference
        self.gap = gap
        knownAt = knownAtEnd ? window.end : nil
        counts = knownAtEnd ? known ?? pane.outcomes.counts(knownAt: window.end) : pane.outcomes.counts
        self.layout = layout ?? ColumnLayout(schema)
        reading = PaneReading(
            pane: pane, counts: counts, schema: schema, grids: grids, knownAt: knownAtEnd ? window.end : nil)
        referenceReading = reference.map {
            PaneReading(pane: $0.pane, counts: $0.pane.outcomes.counts, schema: schema, grids: grids)
        }
    }

    /// The same window against another reference.
    package func compared(with comparison: ReferenceComparison) -> Self {
        var summary = Self(
            window: window, pane: pane, schema: schema, grids: grids, reference: comparison.side, gap: comparison.gap,
            knownAtEnd: isKnownAtEnd, known: counts, layout: layout)
        summary.knownAt = knownAt
        summary.reading = reading
        summary.laws = laws
        summary.volume = volume
        summary.segments = segments
        summary.watermark = watermark
        return summary
    }

    /// The same window as it was known at a time: later labels do not count, and event time had come that far.
    ///
    /// What was known when must have been added up. Measures of scores are then nil, and regressions have no intervals.
    package func asKnown(at time: Time) -> Self {
        var summary = self
        summary.knownAt = time
        summary.counts = pane.outcomes.counts(knownAt: time)
        summary.reading = PaneReading(
            pane: pane, counts: summary.counts, schema: schema, grids: grids, knownAt: time)
        summary.watermark = time
        return summary
    }

    /// How many predictions there are.
    package var predictions: Int { pane.predictions }

    /// How many of them have a label.
    package var labels: Int { counts.labels }

    /// The number of judgements' inputs that changed after the watermark: the sum over the window's panes.
    package var revision: Int { pane.revision }

    /// All columns that the model has, numeric ones first.
    package var columns: [ColumnName] { layout.numericNames + layout.categoricalNames }

    /// Whether a column holds numbers or texts, nil where the model has no such column.
    package func kind(of column: ColumnName) -> FeatureKind? { layout.kind(of: column) }

    /// A numeric column of the window; empty where nothing was counted.
    package func numeric(_ column: ColumnName) -> NumericSummary { reading.numeric(column) }

    /// What a numeric column of the window tells by itself, for those who ask it for much.
    package func numericReading(_ column: ColumnName) -> NumericReading { reading.reading(numeric: column) }

    /// A categorical column of the window; empty where nothing was counted.
    package func categorical(_ column: ColumnName) -> CategoricalSummary { reading.categorical(column) }

    /// The value of a measure; nil where it is undefined, not of that column, or needs a reference that is not there.
    ///
    /// `column` is needed by measures of a column and ignored by others; `method` defaults to the model's.
    package func value(of measure: Measure, column: ColumnName? = nil, method: DriftMethod? = nil) -> Double? {
        guard measure.scope.isPerFeature else {
            if measure.needsEarlierWeeks { return volumeValue(measure) }
            if measure == .duplicateRatioPValue { return duplicateTest?.pValue }
            if isKnownAtEnd, measure.needsAllLabels { return nil }
            return measure.scope == .estimate ? estimatedValue(measure) : reading.value(measure)
        }
        guard let column, let kind = layout.kind(of: column) else { return nil }
        if measure.scope == .drift { return driftNumber(measure, column: column, method: method) }
        switch (kind, measure) {
        case (.numeric, _): return reading.reading(numeric: column).value(measure)
        case (.categorical, .unseen): return unseen(column).map(Double.init)
        case (.categorical, .unseenRatio):
            guard let table = comparableTable(column), table.windowTotal > 0 else { return nil }
            return Double(table.unseen) / Double(table.windowTotal)
        case (.categorical, _): return reading.value(measure, categorical: column)
        }
    }

    /// The reference's own value of a measure, `driftline_<measure>_reference`; nil for drift, volume, and without reference.
    package func referenceValue(of measure: Measure, column: ColumnName? = nil) -> Double? {
        guard let reading = referenceReading else { return nil }
        switch measure.scope {
        case .volume: return measure == .duplicateRatio ? reading.value(measure) : nil
        case .drift, .estimate, .fairness: return nil
        case .performance: return reading.value(measure)
        case .quality:
            guard let column, let kind = layout.kind(of: column), reading.pane.has(column) else { return nil }
            return kind == .numeric
                ? reading.reading(numeric: column).value(measure) : reading.value(measure, categorical: column)
        }
    }

    /// The rows that repeat another row's features; nil without rows or features.
    package var duplicates: DuplicateShare? { reading.duplicates }

    /// The repeated rows of the reference; nil without one.
    package var referenceDuplicates: DuplicateShare? { referenceReading?.duplicates }

    /// How many distinct values a column has; nil where that is not known.
    package func distinctCount(_ column: ColumnName) -> DistinctCount? {
        switch kind(of: column) {
        case .numeric: numeric(column).distinctCount
        case .categorical: categorical(column).distinctCount
        case nil: nil
        }
    }

    /// How many values are of categories that the reference does not have; nil without a reference.
    package func unseen(_ column: ColumnName) -> Int? {
        categoryTable(column)?.unseen
    }

    private func driftNumber(_ measure: Measure, column: ColumnName, method: DriftMethod?) -> Double? {
        if let quality = QualityMeasure(pValue: measure) { return self.quality(quality, column: column)?.pValue }
        guard let kept = measure.drift, let statistic = Measure(rawValue: kept.statistic.rawValue) else { return nil }
        let value = drift(statistic, column: column, method: method)
        if kept == .ksExactPValue { return value?.exactPValue }
        return kept.isProbability ? value?.pValue : value?.value
    }
}

extension Measure {
    /// Whether the measure looks at the time before the window.
    package var needsEarlierWeeks: Bool {
        switch self {
        case .volumeExpected, .volumeRatio, .volumePValue, .freshnessSeconds: true
        default: false
        }
    }

    /// Whether the measure is not kept for earlier states of knowledge.
    var needsAllLabels: Bool {
        switch self {
        case .labelLagP50, .labelLagP90, .labelMaturity, .accuracyCorrected, .estimateError, .estimateTrust: true
        default: scope == .performance && !dependsOnLabelTimes
        }
    }

    /// Whether the measure reads the model's outputs beside the labels.
    var readsScores: Bool {
        switch self {
        case .labelLagP50, .labelLagP90, .labelMaturity: false
        default: scope == .estimate
        }
    }
}

extension Pane {
    /// Whether a column was counted.
    func has(_ column: ColumnName) -> Bool {
        numeric[column] != nil || categorical[column] != nil
    }
}

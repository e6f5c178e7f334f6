package import Statistics

/// The verdicts about the quality of a window's columns.
///
/// The tests that are controlled together are those of one measure over all columns of the window.
package struct QualityVerdicts: Sendable {
    /// What is told of one share.
    package struct Verdict: Hashable, Sendable {
        /// Beyond which shares the single test tells a difference.
        package let critical: ShareTest.Critical?
        /// Whether a difference is told after the model's control of many tests; nil for no verdict.
        package let isDrifted: Bool?
        /// Why there is no verdict.
        package let gap: VerdictGap?

        /// The same as of any other measure, whose threshold is the upper one.
        var verdict: Monitoring.Verdict {
            Monitoring.Verdict(threshold: critical?.high, isDrifted: isDrifted, gap: gap)
        }
    }

    private let summary: WindowSummary
    private let level: Double
    /// The greatest p-value that is told, by measure.
    private let cutoffs: [QualityMeasure: Double]

    /// Verdicts by the model's settings.
    ///
    /// - Complexity: O(columns) tests.
    package init(_ summary: WindowSummary) {
        self.summary = summary
        let spec = summary.schema.alerting
        level = summary.schema.testLevel
        var cutoffs: [QualityMeasure: Double] = [:]
        for measure in QualityMeasure.allCases {
            guard spec.control == .benjaminiHochberg else {
                cutoffs[measure] = level
                continue
            }
            let pValues = summary.columnNames.compactMap { summary.quality(measure, column: $0)?.pValue }
            cutoffs[measure] = FalseDiscovery.greatest(of: pValues, rate: spec.falseAlarmRate)
        }
        self.cutoffs = cutoffs
    }

    /// The verdict about a share of a column's rows.
    package func verdict(_ measure: QualityMeasure, column: ColumnName) -> Verdict {
        guard summary.referenceReading?.pane.has(column) == true else {
            return Verdict(critical: nil, isDrifted: nil, gap: .noReference)
        }
        guard let comparison = summary.quality(measure, column: column), let pValue = comparison.pValue,
            let critical = comparison.critical(level: summary.schema.alerting.falseAlarmRate),
            critical.low != nil || critical.high != nil
        else { return Verdict(critical: nil, isDrifted: nil, gap: .insufficient) }
        return Verdict(critical: critical, isDrifted: cutoffs[measure].map { pValue <= $0 } ?? false, gap: nil)
    }
}

extension WindowSummary {
    /// Every column of the model, inputs and outputs.
    var columnNames: [ColumnName] {
        let layout = ColumnLayout(schema)
        return layout.numericNames + layout.categoricalNames
    }
}

package import Statistics

/// The verdicts about the quality of a window's columns.
///
/// The tests that are controlled together are those of one measure over all columns of the window.
package struct QualityVerdicts: Sendable {
    /// What is told of one share.
    package struct Verdict: Hashable, Sendable {
        /// The share and what it is compared with; nil where columns of its kind do not have it, or there are no rows.
        package let comparison: QualityComparison?
        /// The probability of a share that differs at least as much without any change.
        package let pValue: Double?
        /// Beyond which shares the single test tells a difference.
        package let critical: ShareTest.Critical?
        /// Whether a difference is told after the model's control of many tests; nil for no verdict.
        package let isDrifted: Bool?
        /// Why there is no verdict.
        package let gap: NullReason?

        /// The same as of any other measure, whose threshold is the upper one.
        var verdict: Monitoring.Verdict {
            Monitoring.Verdict(threshold: critical?.high, isDrifted: isDrifted, gap: gap)
        }
    }

    private let summary: WindowSummary
    private let level: Double
    /// The greatest p-value that is told, by measure.
    private var cutoffs: [QualityMeasure: Double] = [:]
    /// Tests that were made before: columns without any fault have the same counts.
    private var tests: [QualityComparison: Test] = [:]

    private struct Test: Hashable, Sendable {
        let pValue: Double?
        var critical: ShareTest.Critical?
    }

    /// Verdicts by the model's settings.
    ///
    /// - Complexity: O(columns) tests.
    package init(_ summary: WindowSummary) {
        self.summary = summary
        level = summary.testLevel
        for measure in QualityMeasure.allCases {
            guard summary.schema.alerting.control == .benjaminiHochberg else {
                cutoffs[measure] = level
                continue
            }
            let pValues = summary.columns.compactMap { column in
                summary.quality(measure, column: column).flatMap { test($0).pValue }
            }
            cutoffs[measure] = FalseDiscovery.greatest(of: pValues, rate: level)
        }
    }

    /// Works out what all verdicts need, those with the same counts once.
    package mutating func settle() {
        for measure in QualityMeasure.allCases {
            for column in summary.columns {
                guard let comparison = summary.quality(measure, column: column) else { continue }
                var test = test(comparison)
                guard test.critical == nil else { continue }
                test.critical = critical(comparison)
                tests[comparison] = test
            }
        }
    }

    private mutating func test(_ comparison: QualityComparison) -> Test {
        if let known = tests[comparison] { return known }
        let made = Test(pValue: comparison.pValue, critical: nil)
        tests[comparison] = made
        return made
    }

    private func critical(_ comparison: QualityComparison) -> ShareTest.Critical? {
        comparison.critical(level: summary.schema.alerting.falseAlarmRate)
    }

    /// The verdict about a share of a column's rows.
    package func verdict(_ measure: QualityMeasure, column: ColumnName) -> Verdict {
        let comparison = summary.quality(measure, column: column)
        let known = comparison.flatMap { tests[$0] }
        let found = known.map(\.pValue) ?? comparison?.pValue
        func none(_ gap: NullReason) -> Verdict {
            Verdict(comparison: comparison, pValue: found, critical: nil, isDrifted: nil, gap: gap)
        }
        guard summary.reference?.pane.has(column) == true else { return none(.noReference) }
        guard let comparison, let pValue = found, let critical = known?.critical ?? critical(comparison),
            critical.low != nil || critical.high != nil
        else { return none(.insufficient) }
        return Verdict(
            comparison: comparison, pValue: pValue, critical: critical,
            isDrifted: cutoffs[measure].map { pValue <= $0 } ?? false, gap: nil)
    }
}

package import Statistics

/// How many rows of a window repeat the features of another row.
package struct DuplicateShare: Hashable, Sendable {
    /// Rows that are not the first of their content, as a share of all rows.
    package let ratio: Double
    /// How far the true share may be from it; 0 where it is exact.
    package let errorBound: Double

    /// What follows from how many distinct contents so many rows have; nil without rows.
    init?(rows: Int, distinct: DistinctCount?) {
        guard rows > 0, let held = distinct?.held(from: 1, to: Double(rows)) else { return nil }
        ratio = (Double(rows) - held.value) / Double(rows)
        errorBound = held.errorBound / Double(rows)
    }
}

extension PaneReading {
    /// The repeated rows; nil without rows, without features, or where panes were counted before contents were.
    var duplicates: DuplicateShare? {
        guard !schema.features.isEmpty else { return nil }
        return DuplicateShare(rows: pane.predictions, distinct: pane.contents.count)
    }

    /// The rows as a test compares them.
    fileprivate var contents: DuplicateTest.Side? {
        guard !schema.features.isEmpty else { return nil }
        return pane.contents.count.map { DuplicateTest.Side(rows: pane.predictions, distinct: $0) }
    }
}

extension WindowSummary {
    /// The window's repeated rows against those of the reference; nil without either, or where they were not counted.
    package var duplicateTest: DuplicateTest? {
        guard let own = reading.contents, let other = referenceReading?.contents else { return nil }
        return DuplicateTest(reference: other, window: own)
    }

    /// Whether more rows repeat another one than chance lets, and beyond which share they do: one test of a window.
    package var duplicateVerdict: Verdict {
        guard reference != nil else { return Verdict(threshold: nil, isDrifted: nil, gap: .noReference) }
        let rate = schema.alerting.falseAlarmRate
        guard let ratio = duplicates?.ratio, let test = duplicateTest, let threshold = test.critical(level: rate),
            let told = testLevel == rate ? threshold : test.critical(level: testLevel)
        else { return Verdict(threshold: nil, isDrifted: nil, gap: .insufficient) }
        return Verdict(threshold: threshold, isDrifted: ratio > told, gap: nil)
    }

    /// The level at which a single test of the window is judged.
    var testLevel: Double { schema.testLevel(among: segments) }
}

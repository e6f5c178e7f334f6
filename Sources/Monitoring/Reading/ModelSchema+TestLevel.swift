import Statistics

extension ModelSchema {
    /// The level at which single tests are judged: the false-alarm rate, or what the budget of false alerts leaves to each.
    ///
    /// `segments` says of how many segments the window's rows are one; nil for all rows and for a version's. Segments are held
    /// to the promise together: under Benjamini and Hochberg's control each of `S` has the rate `q / S`, so that of what is
    /// called drifted in any of them the expected false share stays below `q`, however they overlap (the false share of all is
    /// at most the sum of those of each). Under a budget the segments of a model share one half of it, and its whole windows
    /// have the other.
    ///
    /// The budget counts the primary measures, `ks` and `psi` of numeric columns and `psi` of categorical ones, over the
    /// declared windows; other measures are judged at the same level. Some ten microseconds under a budget.
    package func testLevel(among segments: Int? = nil) -> Double {
        let count = segments.map(Self.family) ?? 1
        switch alerting.control {
        case .uncorrected: return alerting.falseAlarmRate
        case .benjaminiHochberg: return alerting.falseAlarmRate / Double(count)
        case .budget:
            let layout = ColumnLayout(self)
            let per = Double(alerting.budget.per.microseconds)
            return FalseAlertBudget.level(
                alerts: self.segments.isEmpty ? alerting.budget.alerts : alerting.budget.alerts / 2,
                tests: (2 * layout.numericNames.count + layout.categoricalNames.count) * count,
                streams: windows.map { window in
                    FalseAlertBudget.Stream(
                        windows: per / Double(window.step.microseconds),
                        stepShare: Double(window.step.microseconds) / Double(window.length.microseconds))
                })
        }
    }

    /// For how many segments the level is set: a power of two, so that a further segment seldom moves the verdicts of others.
    private static func family(_ segments: Int) -> Int {
        segments <= 1 ? 1 : 1 << (Int.bitWidth - (segments - 1).leadingZeroBitCount)
    }
}

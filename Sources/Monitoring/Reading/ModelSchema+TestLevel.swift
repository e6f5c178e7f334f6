import Statistics

extension ModelSchema {
    /// The level at which single tests are judged: the false-alarm rate, or what the budget of false alerts leaves to each.
    ///
    /// The budget counts the primary measures, `ks` and `psi` of numeric columns and `psi` of categorical ones, over the
    /// declared windows of all rows; other measures are judged at the same level. Some ten microseconds under a budget.
    package var testLevel: Double {
        guard alerting.control == .budget else { return alerting.falseAlarmRate }
        let layout = ColumnLayout(self)
        let per = Double(alerting.budget.per.microseconds)
        return FalseAlertBudget.level(
            alerts: alerting.budget.alerts, tests: 2 * layout.numericNames.count + layout.categoricalNames.count,
            streams: windows.map { window in
                FalseAlertBudget.Stream(
                    windows: per / Double(window.step.microseconds),
                    stepShare: Double(window.step.microseconds) / Double(window.length.microseconds))
            })
    }
}

package import Statistics

/// How thresholds are derived from a wished rate of false alarms.
package struct AlertingSpec: Hashable, Sendable {
    /// The share of single tests without drift that may exceed their threshold, between 0 and 1.
    package var falseAlarmRate: Double

    /// The least value of a measure that is worth an alert, however significant.
    package var smallestEffect: [DriftMeasure: Double]

    /// How several tests at once are held to the rate.
    package var control: Control

    /// How many false alerts a model may raise in which time, under `control: budget`.
    package var budget: Budget

    /// Settings for derived thresholds.
    package init(
        falseAlarmRate: Double = 0.01, smallestEffect: [DriftMeasure: Double] = [.psi: 0.05, .ks: 0.05],
        control: Control = .benjaminiHochberg, budget: Budget = Budget()
    ) {
        self.falseAlarmRate = falseAlarmRate
        self.smallestEffect = smallestEffect
        self.control = control
        self.budget = budget
    }

    /// The ways to hold many tests to one rate.
    package enum Control: String, CaseIterable, Sendable {
        /// Every test by itself.
        case uncorrected = "none"

        /// The false discovery rate of Benjamini and Hochberg over the features of a window.
        case benjaminiHochberg = "bh"

        /// So many false alerts in a stretch of event time.
        case budget
    }

    /// A number of alerts in a stretch of event time.
    package struct Budget: Hashable, Sendable {
        /// How many false alerts.
        package var alerts: Double

        /// In which stretch of event time.
        package var per: PrometheusDuration

        /// One alert in 30 days unless told otherwise.
        package init(alerts: Double = 1, per: PrometheusDuration = .days(30)) {
            self.alerts = alerts
            self.per = per
        }
    }
}

/// For how long a model's rows and panes are kept, in event time before its newest.
package struct Retention: Hashable, Sendable {
    /// How long rows and the identity of their ids are kept.
    package var rows: PrometheusDuration

    /// How long panes, and with them windows, are kept.
    package var panes: PrometheusDuration

    /// How long whole days are kept, where that is longer than panes; nil for as long as these.
    package var dayPanes: PrometheusDuration?

    /// 90 days of rows and 800 days of panes unless told otherwise.
    package init(rows: PrometheusDuration = .days(90), panes: PrometheusDuration = .days(800)) {
        self.rows = rows
        self.panes = panes
    }

    /// How long any statistics are kept.
    package var statistics: PrometheusDuration { max(panes, dayPanes ?? panes) }
}

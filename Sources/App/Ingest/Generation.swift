import Monitoring
import Statistics
import Store

/// One way of counting a model's panes: a pane width and the grids of a reference, with the panes that are in memory.
struct Generation {
    /// What the database knows of it.
    var stored: StoredGeneration
    /// The training reference whose grids it uses; nil without one.
    let reference: FrozenReference?
    /// The position after which rows of this process's slot are folded into it as they come.
    var foldedAfter: Int64 { stored.foldedAfter ?? 0 }
    /// Its panes.
    var panes: PaneSet
    /// Categories that are to be saved with the next checkpoint.
    var newNames: Set<StoredCategory> = []
    /// Windows that end after it are another generation's; nil for none.
    var succeededAt: Time?

    /// The rows of a batch that this generation counts, nil for all.
    ///
    /// A generation counts every pane that one of its windows may hold, and no more.
    func rows(of batch: PredictionBatch, among rows: [Int]) -> [Int] {
        guard stored.coversFrom != nil || succeededAt != nil else { return rows }
        return rows.filter { counts(batch.times[$0]) }
    }

    /// The changes of outcomes whose predictions this generation counts.
    func counted(_ deltas: [OutcomeDelta]) -> [OutcomeDelta] {
        guard stored.coversFrom != nil || succeededAt != nil else { return deltas }
        return deltas.filter { counts($0.eventTime) }
    }

    /// Whether rows of an event time are counted here.
    func counts(_ time: Time) -> Bool {
        if let from = stored.coversFrom, time < from { return false }
        if let to = succeededAt, panes.grid.start(of: time) >= to { return false }
        return true
    }

    /// Whether windows may begin and end then: before the first day that has its panes, only where a day does.
    func hasPanes(at time: Time) -> Bool {
        guard let from = stored.fineFrom, time < from, let days = panes.grid.days else { return true }
        return days.start(of: time) == time
    }

    /// Whether a window that ends then is read from here.
    func serves(windowEndingAt end: Time) -> Bool {
        stored.ready && (stored.effectiveFrom.map { end > $0 } ?? true)
    }
}

import Synchronization

/// Every count that the service keeps of itself, at zero from the start.
package final class Counters: Sendable {
    /// What is counted; the raw value is the name without `driftline_` and `_total`.
    package enum Name: String, CaseIterable, Sendable {
        case rowsAccepted = "rows_accepted"
        case rowsDuplicate = "rows_duplicate"
        case rowsRejected = "rows_rejected"
        case labelsAccepted = "labels_accepted"
        case groupsCommitted = "groups_committed"
        case groupsFailed = "groups_failed"
        case checkpointsSaved = "checkpoints_saved"
        case checkpointsFailed = "checkpoints_failed"
        case slotsTakenOver = "writer_slots_taken_over"
        case slotsEvaluated = "slots_evaluated"
        case evaluationsFailed = "evaluations_failed"
        case reloadsRefused = "reloads_refused"
        case deliveriesSent = "deliveries_sent"
        case deliveriesRetried = "deliveries_retried"
        case deliveriesDead = "deliveries_dead"

        /// The name of the series.
        var series: String { "driftline_\(rawValue)_total" }

        var help: String {
            switch self {
            case .rowsAccepted: "Predictions that were stored."
            case .rowsDuplicate: "Predictions and labels that were known already."
            case .rowsRejected: "Predictions and labels that were not stored."
            case .labelsAccepted: "Labels that were stored."
            case .groupsCommitted: "Groups of requests that were committed to the log."
            case .groupsFailed: "Groups of requests that could not be committed."
            case .checkpointsSaved: "Checkpoints of the statistics that were saved."
            case .checkpointsFailed: "Checkpoints that could not be saved."
            case .slotsTakenOver: "Writer slots of processes that were gone, whose last rows were folded here."
            case .slotsEvaluated: "Slots of event time at which rules were judged."
            case .evaluationsFailed: "Rules that could not be judged at a slot."
            case .reloadsRefused: "Rule and settings files that were not taken because of mistakes."
            case .deliveriesSent: "Deliveries that a receiver took."
            case .deliveriesRetried: "Attempts at deliveries that will be made again."
            case .deliveriesDead: "Deliveries that were given up on."
            }
        }
    }

    private let counts = Mutex<[Name: Int]>([:])
    private let reloadTook = Atomic<Bool>(true)

    package init() {}

    /// Adds to a count.
    package func add(_ number: Int = 1, to name: Name) {
        guard number != 0 else { return }
        counts.withLock { $0[name, default: 0] += number }
    }

    /// A count so far.
    package subscript(name: Name) -> Int { counts.withLock { $0[name] ?? 0 } }

    /// Whether the last reload of rules and settings took.
    package func noteReload(took: Bool) {
        reloadTook.store(took, ordering: .relaxed)
        if !took { add(to: .reloadsRefused) }
    }

    /// What waits in the outbox.
    private let outbox = Mutex((waiting: 0, dead: 0, paused: 0))

    /// How many deliveries wait, how many were given up on, and how many receivers are paused.
    package func noteOutbox(waiting: Int, dead: Int, paused: Int) {
        outbox.withLock { $0 = (waiting, dead, paused) }
    }

    /// Whether the last reload took.
    var lastReloadTook: Bool { reloadTook.load(ordering: .relaxed) }

    /// The page in Prometheus's text format, with about how many bytes models and references take.
    package func page(version: String, isReady: Bool, windowBytes: Int, referenceBytes: Int) -> String {
        let counts = counts.withLock { $0 }
        var page = ""
        for name in Name.allCases {
            let series = name.series
            page += "# HELP \(series) \(name.help)\n# TYPE \(series) counter\n\(series) \(counts[name] ?? 0)\n"
        }
        let dropped = "driftline_log_lines_dropped_total"
        page += "# HELP \(dropped) Lines of the log that could not be written.\n# TYPE \(dropped) counter\n"
        page += "\(dropped) \(LogLines.dropped)\n"
        page += gauge("driftline_ready", "Whether the service is ready.", isReady)
        page += gauge(
            "driftline_last_reload_successful", "Whether the last reload of rules and settings took.",
            reloadTook.load(ordering: .relaxed))
        let outbox = outbox.withLock { $0 }
        page += gauge("driftline_deliveries_waiting", "Deliveries that are to be sent.", outbox.waiting)
        page += gauge("driftline_deliveries_given_up", "Deliveries that were given up on and are kept.", outbox.dead)
        page += gauge("driftline_receivers_paused", "Receivers that are paused because they fail.", outbox.paused)
        page += gauge(
            "driftline_window_memory_bytes", "About what panes, totals and answers of models take.", windowBytes)
        page += gauge("driftline_reference_memory_bytes", "About what references in use take.", referenceBytes)
        let info = "driftline_build_info"
        page += "# HELP \(info) The running version.\n# TYPE \(info) gauge\n\(info){version=\"\(version)\"} 1\n"
        return page
    }

    private func gauge(_ series: String, _ help: String, _ value: Bool) -> String {
        gauge(series, help, value ? 1 : 0)
    }

    private func gauge(_ series: String, _ help: String, _ value: Int) -> String {
        "# HELP \(series) \(help)\n# TYPE \(series) gauge\n\(series) \(value)\n"
    }
}

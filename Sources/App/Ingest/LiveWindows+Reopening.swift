import Monitoring
import Store

/// Which windows changed after rules had judged them.
extension LiveWindows {
    /// A stretch of event time whose rows or labels came after it was judged.
    struct Reopening: Sendable {
        var from: Time
        var to: Time
        var hasRows: Bool
        var hasLabels: Bool

        /// The stretch that holds both.
        mutating func formUnion(_ other: Self) {
            from = min(from, other.from)
            to = max(to, other.to)
            hasRows = hasRows || other.hasRows
            hasLabels = hasLabels || other.hasLabels
        }
    }

    /// Takes note of rows and labels that came after their windows were judged and still reopen their verdicts.
    func noteLate(_ batch: PredictionBatch?, rows: [Int], _ deltas: [OutcomeDelta]) {
        guard let judged = judgedTo else { return }
        // A window that ends within the allowed lateness may hold much older rows.
        let longest = schema.windows.map(\.length).max() ?? .zero
        let oldest = (watermark.time ?? judged) - schema.allowedLateness - longest
        for row in rows {
            guard let time = batch?.times[row], time < judged, time > oldest else { continue }
            note(Reopening(from: time, to: time, hasRows: true, hasLabels: false))
        }
        let horizon = schema.labelHorizon
        for delta in deltas where delta.eventTime < judged && delta.knownAt - delta.eventTime <= horizon {
            note(Reopening(from: delta.eventTime, to: delta.eventTime, hasRows: false, hasLabels: true))
        }
    }

    private func note(_ reopening: Reopening) {
        guard reopened != nil else {
            reopened = reopening
            return
        }
        reopened?.formUnion(reopening)
    }

    /// What was reopened since this was asked.
    func takeReopening() -> Reopening? {
        defer { reopened = nil }
        return reopened
    }
}

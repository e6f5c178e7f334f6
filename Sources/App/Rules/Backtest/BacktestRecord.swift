import Alerting
import Monitoring
import Query
import Store

/// The record of a backtest: nothing is written, everything is kept for the report.
struct BacktestRecord: TimelineRecord {
    /// When the backtest has to be done.
    let deadline: ContinuousClock.Instant
    /// How many slots were judged.
    private(set) var slots = 0
    private(set) var episodes: [AlertEpisode] = []
    private(set) var notifications: [Notification] = []
    private(set) var started: [StoredRun] = []
    private(set) var failures: [String: (count: Int, first: Time, reason: String)] = [:]
    private var open: [AlertKey: Int] = [:]
    private var labels: [AlertKey: Labels] = [:]

    private struct AlertKey: Hashable {
        let rule: String
        let fingerprint: String
    }

    init(deadline: ContinuousClock.Instant) {
        self.deadline = deadline
    }

    mutating func begin(_ slot: Time) throws {
        try Task.checkCancellation()
        guard ContinuousClock.now < deadline else { throw BacktestError.outOfTime(reached: slot) }
        slots += 1
    }

    mutating func commit(_ step: EvaluationStep) {
        for alert in step.alerts {
            let key = AlertKey(rule: alert.rule, fingerprint: alert.fingerprint)
            if labels[key] == nil { labels[key] = AlertDocument.alert(of: alert.state)?.labels }
        }
        for event in step.events { take(event) }
        notifications += step.notifications.map(\.notification)
        for failure in step.failures {
            let known = failures[failure.rule]
            failures[failure.rule] = (
                (known?.count ?? 0) + 1, known?.first ?? failure.slot, known?.reason ?? failure.reason
            )
        }
        // Nobody reports how a run went, so each is taken to be done at once; the cooldown alone holds the next one back.
        started += step.runs.map { $0.settled(as: .succeeded) }
    }

    func runs() -> [StoredRun] { started }

    func lastSequence(stream: String) -> Int64 { 0 }

    func history(since slot: Time) -> [AlertEvent] { [] }

    func deliveries(of fingerprint: String) -> [AlertDelivery] { [] }

    private mutating func take(_ event: AlertEvent) {
        let key = AlertKey(rule: event.rule, fingerprint: event.fingerprint)
        let index: Int
        if let known = open[key] {
            index = known
        } else {
            index = episodes.count
            open[key] = index
            episodes.append(
                AlertEpisode(rule: event.rule, fingerprint: event.fingerprint, labels: .empty, pendingAt: event.slot))
        }
        if let labels = labels[key] { episodes[index].labels = labels }
        episodes[index].changes.append(event)
        switch AlertVerdict(rawValue: event.to) {
        case .firing where event.from != event.to:
            episodes[index].firingAt = event.slot
            episodes[index].value = event.value
        case .resolved, .inactive:
            episodes[index].endedAt = event.slot
            open[key] = nil
        default: break
        }
    }
}

extension StoredRun {
    /// The same run in another state.
    fileprivate func settled(as state: RetrainingState) -> Self {
        Self(
            id: id, policy: policy, model: model, state: state.rawValue, document: document, eventTime: eventTime,
            deadline: deadline, tokenDigest: tokenDigest, createdAt: createdAt)
    }
}

import Alerting
import Integrations
import Monitoring
import Query
import Store

/// The telling of alerts that others posted, on the wall clock. Owned by the evaluator's task.
struct ExternalTimeline {
    /// The model number of steps that belong to no model.
    static let noModel: Int32 = 0
    /// How long an alert that has ended is kept, so that a repeated post of its end is no news; as Prometheus sends them.
    private static let memory = PrometheusDuration(microseconds: 900_000_000)

    let store: Store
    var told: GroupBook
    /// What is known of each alert: when it began and whether it fires.
    private var known: [Fingerprint: (startsAt: Time, fires: Bool, annotations: [Label])] = [:]
    private var settingsVersion = 0

    /// Reads what was told so far.
    static func load(store: Store, identity: SenderIdentity) async throws -> ExternalTimeline {
        var timeline = ExternalTimeline(store: store, told: GroupBook(identity: identity))
        for stored in try await store.groups(model: noModel) {
            let group = try StoredText.group(from: stored.state)
            guard group.origin == .external else { continue }
            timeline.told.restore(group)
            for alert in group.members where !alert.isResolved {
                timeline.known[alert.fingerprint] = (alert.startsAt, true, alert.annotations)
            }
        }
        return timeline
    }

    private init(store: Store, told: GroupBook) {
        self.store = store
        self.told = told
    }

    /// Takes in what was posted and ended, and tells the groups that are due.
    mutating func advance(lease: Lease, _ snapshot: ActiveSettings.Snapshot, now: Time) async throws {
        var step = EvaluationStep(model: Self.noModel, evaluatedTo: now)
        let alerts = try await store.externalAlerts().compactMap { ExternalAlertDocument.alert(of: $0, at: now) }
        for alert in alerts { take(alert, snapshot.notifications, at: now, into: &step) }
        if settingsVersion != snapshot.version || !step.groups.isEmpty { told.reconsider(at: now) }
        settingsVersion = snapshot.version
        told.flush(
            upTo: now, snapshot, firing: alerts.filter { !$0.isResolved }.map(\.labels), replayed: false, now: now,
            into: &step)
        if !step.isQuiet { try await store.commit(step, lease: lease, at: now) }
        let forgotten = known.filter { !$0.value.fires && now - $0.value.startsAt > Self.memory }
        for (fingerprint, _) in forgotten where !alerts.contains(where: { $0.fingerprint == fingerprint }) {
            known[fingerprint] = nil
        }
        try await store.forgetExternalAlerts(endedBefore: now - Self.memory)
    }

    private mutating func take(
        _ alert: NotifiedAlert, _ settings: NotificationSettings, at now: Time, into step: inout EvaluationStep
    ) {
        let before = known[alert.fingerprint]
        let fires = !alert.isResolved
        guard before?.fires != fires || (fires && before?.annotations != alert.annotations) else { return }
        known[alert.fingerprint] = (alert.startsAt, fires, alert.annotations)
        // An end of which nobody knew the beginning is no news.
        guard fires || before != nil else { return }
        told.enter(alert, at: now, settings, origin: .external, into: &step)
    }
}

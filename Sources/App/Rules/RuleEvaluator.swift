import Alerting
import AsyncAlgorithms
package import Logging
package import Monitoring
import ServiceLifecycle
package import Store

/// Judges every model along its event clock while this process holds the evaluator's lease.
package struct RuleEvaluator: Service {
    let store: Store
    let models: ModelCatalog
    let peers: Peers
    let settings: ActiveSettings
    let counters: Counters
    let holder: String
    /// How old what is known of other processes may be.
    let mostAge: Duration
    let now: @Sendable () -> Time
    let logger: Logger

    /// With all its parts.
    package init(
        store: Store,
        models: ModelCatalog,
        peers: Peers,
        settings: ActiveSettings,
        counters: Counters,
        holder: String,
        mostAge: Duration = .milliseconds(40),
        now: @escaping @Sendable () -> Time,
        logger: Logger
    ) {
        self.store = store
        self.models = models
        self.peers = peers
        self.settings = settings
        self.counters = counters
        self.holder = holder
        self.mostAge = mostAge
        self.now = now
        self.logger = logger
    }

    private static let period: Duration = .milliseconds(20)
    private static let leaseSeconds = 6.0
    /// How often a process without the lease asks for it.
    private static let askPeriod = PrometheusDuration(microseconds: 500_000)
    /// How often it is written how far models are judged where nothing else is, in one statement: what was quiet since is
    /// judged again after a crash, while a commit for every batch of rows would wait for the disk as often as ingestion does.
    private static let writePeriod = PrometheusDuration(microseconds: 1_000_000)
    /// After so many of these it is also written of models of which only the clock went on.
    private static let restingPeriods = 10
    /// How often silences and the alerts of others are read, where nothing came through this process.
    private static let readPeriod = PrometheusDuration(microseconds: 1_000_000)

    package func run() async throws {
        var state = State()
        for await _ in AsyncTimerSequence(interval: Self.period, clock: .continuous).cancelOnGracefulShutdown() {
            do {
                try await judgeAll(&state)
            } catch {
                logger.warning("rules could not be judged; they are tried again", metadata: ["error": "\(error)"])
                state.forget()
                state.lease = nil
            }
        }
        guard let lease = state.lease else { return }
        do {
            // The next process need not wait for its end.
            try await store.release(lease)
        } catch {
            logger.warning("the evaluator's lease could not be given back", metadata: ["error": "\(error)"])
        }
    }

    /// What the evaluator's task owns.
    package struct State {
        var lease: Lease?
        var renewAt = Time(microseconds: .min)
        var timelines: [Int32: ModelTimeline] = [:]
        var external: ExternalTimeline?
        var service: ServiceTimeline?
        var readAt = Time(microseconds: .min)
        var writtenAt = Time(microseconds: .min)
        /// How often it was written how far models are judged.
        var writes = 0
        /// The models that were judged since, and how far.
        var unwritten: [Int32: Time] = [:]
        /// What was known when there was nothing more to do, by model.
        var resting: [Int32: Resting] = [:]

        package init() {}

        fileprivate mutating func take(_ judged: Judged) {
            let id = judged.timeline.model.id
            timelines[id] = judged.timeline
            resting[id] = judged.resting
            unwritten[id] = judged.timeline.evaluatedTo
        }

        /// Forgets what was judged, so that it is read again.
        mutating func forget() {
            timelines = [:]
            external = nil
            service = nil
            resting = [:]
            unwritten = [:]
        }
    }

    /// A model that has something to judge, with what was known before it was looked at.
    private struct Due {
        let model: Model
        let seen: Resting
    }

    /// A model as it was judged; what was known then, where there is nothing more to do.
    fileprivate struct Judged {
        let timeline: ModelTimeline
        let resting: Resting?
    }

    /// While all of it stays, a model has nothing to judge.
    struct Resting: Equatable {
        let signal: UInt64
        let settings: Int
        let revision: Int64
    }

    /// Judges what is due of every model, if the lease is ours.
    package func judgeAll(_ state: inout State) async throws {
        let time = now()
        if time >= state.renewAt {
            let held = try await store.lease(
                "evaluator", holder: holder, seconds: Self.leaseSeconds, renewing: state.lease)
            if held?.term != state.lease?.term {
                state.forget()
                for model in await models.all { await model.windows.wake() }
            }
            state.lease = held
            let period = PrometheusDuration(microseconds: Int64(Self.leaseSeconds * 1_000_000 / 3))
            state.renewAt = time + (held == nil ? Self.askPeriod : period)
        }
        guard let lease = state.lease else { return }
        try await peers.look(ifOlderThan: mostAge)
        if time >= state.readAt + Self.readPeriod || settings.isPosted {
            state.readAt = time
            settings.isPosted = false
            try await Self.readSilences(store, into: settings, at: time)
            var external: ExternalTimeline
            if let kept = state.external {
                external = kept
            } else {
                external = try await ExternalTimeline.load(store: store, identity: settings.identity)
            }
            state.external = nil
            try await external.advance(lease: lease, settings.current, now: time)
            state.external = external
            try await judgeService(&state, lease: lease, at: time)
        }
        let snapshot = settings.current
        let all = await models.all
        let known = Set(all.map(\.id))
        for id in state.timelines.keys where !known.contains(id) {
            state.timelines[id] = nil
            state.resting[id] = nil
        }
        let due = all.map { model in
            Due(
                model: model,
                seen: Resting(
                    signal: model.windows.signal.count, settings: snapshot.version, revision: model.revision))
        }
        try await judge(due.filter { state.resting[$0.model.id] != $0.seen }, &state, snapshot, lease)
        try await writeProgress(of: all, &state, lease, at: time)
    }

    /// How many models are judged at a time.
    private static let width = 4

    /// Judges models side by side: while one waits for the database, another is read.
    private func judge(
        _ due: [Due], _ state: inout State, _ snapshot: ActiveSettings.Snapshot, _ lease: Lease
    ) async throws {
        try await withThrowingTaskGroup(of: Judged.self) { group in
            for (place, one) in due.enumerated() {
                if place >= Self.width, let judged = try await group.next() { state.take(judged) }
                state.resting[one.model.id] = nil
                let kept = state.timelines.removeValue(forKey: one.model.id)
                group.addTask { try await judge(one, kept, snapshot, lease) }
            }
            for try await judged in group { state.take(judged) }
        }
    }

    private func judge(
        _ due: Due, _ kept: ModelTimeline?, _ snapshot: ActiveSettings.Snapshot, _ lease: Lease
    ) async throws -> Judged {
        var timeline: ModelTimeline
        if let kept, kept.model.schema == due.model.schema {
            timeline = kept
        } else {
            timeline = try await ModelTimeline.load(
                due.model, store: store, settings: settings, counters: counters, logger: logger)
        }
        var record = KeptRecord(store: store, model: due.model.id, lease: lease, now: now())
        try await timeline.advance(&record, settings: snapshot, now: record.now)
        guard let end = timeline.rest,
            await due.model.windows.rest(until: end, judged: timeline.judgedChanges)
        else { return Judged(timeline: timeline, resting: nil) }
        return Judged(timeline: timeline, resting: due.seen)
    }

    /// Writes how far models are judged, for other processes and the next start.
    private func writeProgress(of models: [Model], _ state: inout State, _ lease: Lease, at time: Time) async throws {
        guard time < state.writtenAt || time >= state.writtenAt + Self.writePeriod else { return }
        state.writtenAt = time
        state.writes += 1
        if state.writes.isMultiple(of: Self.restingPeriods) {
            for model in models where model.windows.signal.isLive {
                state.unwritten[model.id] = await model.windows.judgedTo
            }
        }
        guard !state.unwritten.isEmpty else { return }
        try await store.noteEvaluated(state.unwritten.map { ($0.key, $0.value) }, lease: lease)
        state.unwritten = [:]
    }

    /// Judges the rules about the service itself.
    private func judgeService(_ state: inout State, lease: Lease, at time: Time) async throws {
        var service: ServiceTimeline
        if let kept = state.service {
            service = kept
        } else {
            service = try await ServiceTimeline.load(
                store: store, settings: settings, counters: counters, now: time)
        }
        state.service = nil
        try await service.advance(lease: lease, settings.current, models: await models.all, now: time)
        state.service = service
    }

    /// Reads the silences and the alerts of others that are in force.
    static func readSilences(_ store: Store, into settings: ActiveSettings, at now: Time) async throws {
        // A silence is asked at event times, which may be those of a log that is replayed: all are kept in mind.
        let silences = try await store.silences(endingAfter: Time(microseconds: 0)).compactMap(SilenceDocument.silence)
        let external = try await store.externalAlerts().filter { $0.endsAt > now }
            .compactMap { ExternalAlertDocument.alert(of: $0, at: now)?.labels }
        let current = settings.current
        guard current.silences != silences || current.externalLabels != external else { return }
        settings.replace { snapshot in
            snapshot.silences = silences
            snapshot.externalLabels = external
        }
    }
}

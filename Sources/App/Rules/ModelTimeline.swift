import Alerting
import Integrations
import Logging
import Monitoring
import Query
import ServiceLifecycle
import Store

/// The judging of one model along its event clock: rules at their slots, groups of alerts at their times, in order.
///
/// Owned by the evaluator's task. Every step that changes anything is one transaction; a quiet slot writes nothing. After a
/// crash the steps since the last written one are taken again and come out the same.
struct ModelTimeline {
    /// A rule group as it is judged for this model.
    struct Judged {
        /// The group's identity: its file and its name.
        let path: String
        var group: RuleGroup
        var book: AlertBook
        /// What its recording rules recorded, as far back as rules look.
        var recorded = RecordedSeries()
    }

    let model: Model
    let identity: SenderIdentity
    let counters: Counters
    let logger: Logger
    var settings: ActiveSettings.Snapshot
    var judged: [Judged] = []
    /// Groups of alerts.
    var told: GroupBook
    /// The last instant of event time up to which everything was judged; nil before the first.
    var evaluatedTo: Time?
    /// The state of the inputs that was judged last.
    var judgedChanges: UInt64 = 0
    /// Ends of alerts whose rules were gone when the timeline was read, still to be written.
    var orphaned: [(path: String, transition: AlertTransition)] = []
    /// When a policy that was held back is worth asking again.
    var retrainingDue: Time?
    /// When event time had come to where windows that are over changed the last time; the next slot sees it.
    var reopenedAt: Time?
    /// What of the past is to be looked at again.
    var corrections = CorrectionQueue()
    /// The newest alert of each rule and fingerprint that was resolved, for corrections.
    var resolved: [String: Alert] = [:]
    /// Since when rules and references have been as they are; nil where corrections of alerts that never fired are not wanted.
    var knownSince: Time?
    var knownReferences: [String] = []
    /// From when windows are looked at: now, or in a backtest from the slot that is judged.
    var perspective = Perspective.now
    /// Whether windows are looked at from each slot.
    var looksBack = false

    /// Reads what was decided so far.
    static func load(
        _ model: Model, store: Store, settings: ActiveSettings, counters: Counters, logger: Logger
    ) async throws -> ModelTimeline {
        var timeline = ModelTimeline(
            model: model, identity: settings.identity, counters: counters, logger: logger,
            settings: settings.current, told: GroupBook(identity: settings.identity))
        // Another process may have judged until just now.
        if let known = try await store.model(model.id)?.evaluatedTo { await model.windows.noteEvaluated(to: known) }
        timeline.evaluatedTo = await model.windows.progress.evaluatedTo
        let alerts = try await store.alerts(model: model.id)
        let slot = timeline.evaluatedTo ?? Time(microseconds: 0)
        var own: Set<String> = []
        for group in timeline.settings.rules.groups(forModel: model.name) {
            var judged = Self.judged(group, alerts)
            timeline.orphaned += judged.book.replaceRules(group.rules, at: slot).map { (judged.path, $0) }
            timeline.judged.append(judged)
            own.insert(judged.path)
        }
        for stored in alerts where stored.verdict == AlertVerdict.resolved.rawValue {
            timeline.resolved["\(stored.rule) \(stored.fingerprint)"] = AlertDocument.alert(of: stored.state)
        }
        if let judgedTo = timeline.evaluatedTo {
            timeline.corrections = .everything(of: model.schema, upTo: judgedTo, now: .earliest)
        }
        for stored in alerts where !own.contains(where: { stored.rule.hasPrefix($0 + "/") }) {
            guard let alert = AlertDocument.alert(of: stored.state) else { continue }
            var book = AlertBook(rules: [], alerts: [alert])
            let path = String(stored.rule.dropLast(alert.rule.count + 1))
            timeline.orphaned += book.replaceRules([], at: slot).map { (path, $0) }
        }
        timeline.knownSince = timeline.evaluatedTo ?? .earliest
        timeline.knownReferences = await model.windows.progress.references
        try await timeline.recallRecorded()
        for stored in try await store.groups(model: model.id) {
            timeline.told.restore(try StoredText.group(from: stored.state))
        }
        return timeline
    }

    private static func judged(_ group: RuleGroup, _ alerts: [StoredAlert]) -> Judged {
        let path = Self.path(of: group)
        let own = alerts.filter { $0.rule.hasPrefix(path + "/") }.compactMap { AlertDocument.alert(of: $0.state) }
        return Judged(path: path, group: group, book: AlertBook(rules: group.rules, alerts: own))
    }

    static func path(of group: RuleGroup) -> String { "\(group.file)/\(group.name)" }

    /// Takes other rules, routes and policies; alerts of rules that are gone are resolved in the next step.
    mutating func adopt(_ snapshot: ActiveSettings.Snapshot) -> [(path: String, transition: AlertTransition)] {
        guard snapshot.version != settings.version else { return [] }
        if settings.rules.groups(forModel: model.name) != snapshot.rules.groups(forModel: model.name) {
            knownSince = evaluatedTo ?? knownSince
        }
        settings = snapshot
        let slot = evaluatedTo ?? Time(microseconds: 0)
        var transitions: [(path: String, transition: AlertTransition)] = []
        var kept: [Judged] = []
        for group in snapshot.rules.groups(forModel: model.name) {
            let path = Self.path(of: group)
            guard let index = judged.firstIndex(where: { $0.path == path }) else {
                kept.append(Judged(path: path, group: group, book: AlertBook(rules: group.rules)))
                continue
            }
            var known = judged.remove(at: index)
            known.group = group
            transitions += known.book.replaceRules(group.rules, at: slot).map { (path, $0) }
            kept.append(known)
        }
        for var gone in judged {
            transitions += gone.book.replaceRules([], at: slot).map { (gone.path, $0) }
        }
        judged = kept
        return transitions
    }

    /// Judges everything that is due up to the model's watermark.
    /// - Returns: whether anything was due.
    @discardableResult
    mutating func advance(
        _ record: inout some TimelineRecord, settings snapshot: ActiveSettings.Snapshot, now: Time
    ) async throws -> Bool {
        let isAsked = settings.version != snapshot.version
        let removed = orphaned + adopt(snapshot)
        if isAsked { try await reconsider(&record, now: now) }
        let state = await model.windows.evaluationState
        guard let clock = state.watermark else { return false }
        if !removed.isEmpty {
            var step = EvaluationStep(model: model.id, evaluatedTo: evaluatedTo ?? clock)
            for (path, transition) in removed { enter(transition, path: path, into: &step) }
            try await record.commit(step)
            orphaned = []
        }
        if state.isReopened, let reopening = await model.windows.takeReopening() {
            corrections.add(reopening, at: now)
            reopenedAt = clock
        }
        let references = await model.windows.progress.references
        if references != knownReferences {
            (knownSince, knownReferences) = (evaluatedTo ?? knownSince, references)
            reopenedAt = clock
        }
        try await correct(&record, isLive: state.isLive, now: now)
        let isChanged = state.changes != judgedChanges
        guard isChanged || evaluatedTo.map({ $0 < clock }) ?? true else { return false }
        let start = evaluatedTo ?? state.firstEvent.map { Time(microseconds: $0.microseconds - 1) } ?? clock
        let changes = changePoints(from: start, to: clock, also: isChanged ? [clock] : [])
        let isDone = try await walk(from: start, to: clock, changes, isLive: state.isLive, &record, now: now)
        // What is left is judged after the next start: every step before this one is written.
        guard isDone else { return true }
        judgedChanges = state.changes
        evaluatedTo = clock
        await model.windows.noteEvaluated(to: clock)
        return true
    }

    /// Judges every slot of a stretch at which anything can differ; false where the process is to stop before the end.
    mutating func walk(
        from start: Time, to clock: Time, _ changes: [Time], isLive: Bool, _ record: inout some TimelineRecord,
        now: Time
    ) async throws -> Bool {
        var last = start
        while let slot = nextTime(after: last, changes: changes, clock: clock) {
            if Task.isShuttingDownGracefully { return false }
            try record.begin(slot)
            try await judge(at: slot, isLive: isLive, &record, now: now)
            last = slot
        }
        return true
    }

    /// Instants at which an input differs: where a window ends, where its value goes out of sight, and others that are known,
    /// such as the watermark when rows or labels came since the last judging.
    func changePoints(from: Time, to: Time, also others: [Time]) -> [Time] {
        var changes = Set(others + [reopenedAt].compactMap(\.self))
        let instant = PrometheusDuration(microseconds: 1)
        // What changes between two slots is judged at the later one, which may still have been to come at the last look.
        let from = from - (judged.map(\.group.interval).max() ?? .zero)
        for window in model.schema.windows {
            for view in views {
                // A sample is seen up to, but not at, the end of the lookback; in a range at both ends.
                let seen = view.range ?? SeriesReader.lookback(of: window) - instant
                let ends = window.ends(from: from - view.offset - seen, to: to, limit: 1_000_000)
                changes.formUnion(Slots.changes(ends: ends, lookback: seen, offsets: [view.offset]))
            }
        }
        return changes.sorted()
    }

    /// When the rules have something to do although nothing comes; nil while something waits for the wall clock.
    var rest: Time? {
        guard orphaned.isEmpty, corrections.reopening == nil else { return nil }
        guard let evaluatedTo else { return .earliest }
        let horizon = evaluatedTo + .hours(1)
        let changes = changePoints(from: evaluatedTo, to: horizon, also: [])
        return nextTime(after: evaluatedTo, changes: changes, clock: horizon) ?? horizon
    }

    /// The next instant at which a slot or a group of alerts is due.
    func nextTime(after last: Time, changes: [Time], clock: Time) -> Time? {
        var times = [told.nextFlush].compactMap(\.self).filter { $0 <= clock }.map { max($0, last) }
        for one in judged {
            // What came due after the group's last slot is judged at its next one, however often was looked in between.
            let slotted = last.floor(toMultipleOf: one.group.interval)
            let timer = [one.book.nextTimer, retrainingDue].compactMap(\.self).filter { $0 > slotted }.min()
            let slot =
                one.group.dependsOnTime
                ? Slots.next(after: last, every: one.group.interval)
                : Slots.next(after: slotted, every: one.group.interval, changes: changes, timer: timer, through: clock)
            // What changed at the watermark is judged at the newest slot that has passed, once.
            if let slot, slot <= clock { times.append(slot) }
        }
        return times.min()
    }

    /// Looks again at groups that were kept quiet: a silence may have been ended, or a route changed.
    private mutating func reconsider(_ record: inout some TimelineRecord, now: Time) async throws {
        guard let slot = evaluatedTo else { return }
        var step = EvaluationStep(model: model.id, evaluatedTo: slot)
        told.reconsider(at: slot)
        let isLive = await model.windows.evaluationState.isLive
        flush(upTo: slot, replayed: !isLive, now: now, into: &step)
        if !step.isQuiet { try await record.commit(step) }
    }

    private mutating func judge(
        at slot: Time, isLive: Bool, _ record: inout some TimelineRecord, now: Time
    ) async throws {
        if looksBack { perspective = Perspective(time: slot, reader: perspective.reader) }
        var step = EvaluationStep(model: model.id, evaluatedTo: slot)
        let before = Self.alertsByRow(judged)
        for index in judged.indices where slot.floor(toMultipleOf: judged[index].group.interval) == slot {
            try await judge(group: index, at: slot, into: &step)
        }
        step.keepChanges(from: before, to: Self.alertsByRow(judged))
        flush(upTo: slot, replayed: !isLive, now: now, into: &step)
        try await decideRetraining(at: slot, replayed: !isLive, record, now: now, into: &step)
        evaluatedTo = slot
        counters.add(to: .slotsEvaluated)
        guard !step.isQuiet else { return }
        try await record.commit(step)
    }

    private mutating func judge(group index: Int, at slot: Time, into step: inout EvaluationStep) async throws {
        var cache: [String: WindowReading] = [:]
        for rule in judged[index].group.rules {
            let series = try await series(of: rule.expression, at: slot, &cache)
            let evaluation = RuleEvaluation(
                of: rule, at: slot, series: series, limit: judged[index].group.limit, externalURL: identity.externalURL)
            switch evaluation.outcome {
            case .recorded(let recorded): keep(recorded, by: rule, of: index, at: slot)
            case .failed(let reason):
                counters.add(to: .evaluationsFailed)
                step.failures.append((rule: "\(judged[index].path)/\(rule.key)", slot: slot, reason: reason))
            case .alerts: break
            }
            for transition in judged[index].book.apply(evaluation, at: slot) {
                enter(transition, path: judged[index].path, cache, into: &step)
            }
        }
    }
}

extension EvaluationStep {
    /// Whether nothing but the time has changed.
    var isQuiet: Bool {
        alerts.isEmpty && removed.isEmpty && events.isEmpty && groups.isEmpty && deliveries.isEmpty && runs.isEmpty
    }
}

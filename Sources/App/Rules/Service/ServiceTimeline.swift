import Alerting
import Integrations
import Monitoring
import Query
import Store

/// The judging of rules in `self/`, over the service's own series and over all models, on the wall clock.
///
/// Owned by the evaluator's task. Its alerts are those of no model.
struct ServiceTimeline {
    let store: Store
    let counters: Counters
    /// When this process began to keep its own series.
    private let startedAt: Time
    private var judged: [ModelTimeline.Judged] = []
    private var told: GroupBook
    /// The service's own series, as far back as rules look.
    private var own = RecordedSeries()
    private var settingsVersion: Int?
    /// The last slot of each group.
    private var slots: [String: Time] = [:]

    /// The most samples of models that one rule reads at one slot.
    private static let mostSamples = 500_000

    /// Reads what was decided so far.
    static func load(
        store: Store, settings: ActiveSettings, counters: Counters, now: Time
    ) async throws -> ServiceTimeline {
        var timeline = ServiceTimeline(
            store: store, counters: counters, startedAt: now, told: GroupBook(identity: settings.identity))
        for stored in try await store.groups(model: ExternalTimeline.noModel) {
            let group = try StoredText.group(from: stored.state)
            if group.origin == .rules { timeline.told.restore(group) }
        }
        for stored in try await store.alerts(model: ExternalTimeline.noModel) {
            guard let alert = AlertDocument.alert(of: stored.state) else { continue }
            let path = String(stored.rule.dropLast(alert.rule.count + 1))
            timeline.keep(alert, of: path)
        }
        return timeline
    }

    private init(store: Store, counters: Counters, startedAt: Time, told: GroupBook) {
        self.store = store
        self.counters = counters
        self.startedAt = startedAt
        self.told = told
    }

    /// Keeps an alert until the rules of its group are known.
    private mutating func keep(_ alert: Alert, of path: String) {
        let index = judged.firstIndex { $0.path == path }
        let group = RuleGroup(file: path, name: "", rules: [])
        let known = index.map { judged.remove(at: $0).book.alerts } ?? []
        judged.append(
            ModelTimeline.Judged(path: path, group: group, book: AlertBook(rules: [], alerts: known + [alert])))
    }

    /// Judges the groups whose slot has come, and tells what is due.
    mutating func advance(
        lease: Lease, _ snapshot: ActiveSettings.Snapshot, models: [Model], now: Time
    ) async throws {
        var step = EvaluationStep(model: ExternalTimeline.noModel, evaluatedTo: now)
        if settingsVersion != snapshot.version {
            adopt(snapshot, at: now, into: &step)
            told.reconsider(at: now)
            settingsVersion = snapshot.version
        }
        let due = judged.indices.filter { index in
            let slot = now.floor(toMultipleOf: judged[index].group.interval)
            return !judged[index].group.rules.isEmpty && slots[judged[index].path].map { $0 < slot } ?? true
        }
        if !due.isEmpty { try await judge(due, snapshot, models, at: now, into: &step) }
        let firing = judged.flatMap(\.book.alerts).filter { $0.verdict == .firing }.map(\.labels)
        told.flush(upTo: now, snapshot, firing: firing, replayed: false, now: now, into: &step)
        if !step.isQuiet { try await store.commit(step, lease: lease, at: now) }
    }

    private mutating func adopt(_ snapshot: ActiveSettings.Snapshot, at now: Time, into step: inout EvaluationStep) {
        var kept: [ModelTimeline.Judged] = []
        var transitions: [(path: String, transition: AlertTransition)] = []
        for group in snapshot.rules.groups where group.watchesService {
            let path = ModelTimeline.path(of: group)
            var one = ModelTimeline.Judged(path: path, group: group, book: AlertBook(rules: group.rules))
            if let index = judged.firstIndex(where: { $0.path == path }) {
                one = judged.remove(at: index)
                one.group = group
                transitions += one.book.replaceRules(group.rules, at: now).map { (path, $0) }
            }
            kept.append(one)
        }
        for var gone in judged { transitions += gone.book.replaceRules([], at: now).map { (gone.path, $0) } }
        judged = kept
        for (path, transition) in transitions { enter(transition, path, snapshot, into: &step) }
    }

    private mutating func judge(
        _ due: [Int], _ snapshot: ActiveSettings.Snapshot, _ models: [Model], at now: Time,
        into step: inout EvaluationStep
    ) async throws {
        let shortest = judged.map(\.group.interval).min() ?? RuleGroup.defaultInterval
        let samples = await ServiceSeries.samples(counters, models, try await store.outboxStanding(), at: now)
        let sampled = now.floor(toMultipleOf: shortest)
        own.keep(
            samples, by: "own", at: sampled, every: shortest, since: now - reach(at: now) - SeriesReader.shortLookback)
        let before = alertsByRow()
        for index in due {
            let slot = now.floor(toMultipleOf: judged[index].group.interval)
            slots[judged[index].path] = slot
            for rule in judged[index].group.rules {
                let series = try await series(of: rule.expression, at: slot, models)
                var evaluation = RuleEvaluation(
                    of: rule, at: slot, series: series, limit: judged[index].group.limit,
                    externalURL: told.identity.externalURL)
                if isTooYoung(rule, evaluation, judged[index].book, at: slot) {
                    evaluation = RuleEvaluation(
                        rule: rule.key, outcome: .failed("this process has run for less than the rule looks back"))
                }
                switch evaluation.outcome {
                case .recorded(let recorded):
                    judged[index].recorded.keep(
                        recorded, by: rule.key, at: slot, every: judged[index].group.interval,
                        since: slot - reach(at: slot) - SeriesReader.shortLookback)
                case .failed: counters.add(to: .evaluationsFailed)
                case .alerts: break
                }
                for transition in judged[index].book.apply(evaluation, at: slot) {
                    enter(transition, judged[index].path, snapshot, into: &step)
                }
            }
        }
        step.keepChanges(from: before, to: alertsByRow())
    }

    /// Whether an alert would end only because this process does not know what came before it.
    private func isTooYoung(_ rule: Rule, _ evaluation: RuleEvaluation, _ book: AlertBook, at slot: Time) -> Bool {
        guard case .alerts(let elements) = evaluation.outcome else { return false }
        let reach = rule.expression.spans(from: slot, through: slot).map { slot - $0.start }.max() ?? .zero
        guard slot - startedAt < reach else { return false }
        return book.alerts(of: rule.key).contains { alert in !elements.contains { $0.labels == alert.labels } }
    }

    private func alertsByRow() -> [ModelTimeline.AlertRow: Alert] {
        ModelTimeline.alertsByRow(judged)
    }

    private func reach(at slot: Time) -> PrometheusDuration { ModelTimeline.reach(of: judged, at: slot) }

    private mutating func enter(
        _ transition: AlertTransition, _ path: String, _ snapshot: ActiveSettings.Snapshot,
        into step: inout EvaluationStep
    ) {
        let url = "\(told.identity.externalURL)/v1/rules"
        step.note(transition, path: path)
        guard transition.isNotable, let notified = NotifiedAlert(transition.alert, generatorURL: url) else { return }
        told.enter(notified, at: transition.slot, snapshot.notifications, into: &step)
        if !snapshot.notifications.inhibition.isEmpty { told.reconsider(at: transition.slot) }
    }

    /// For every selector the service's own series, those of recording rules, and those of every model.
    private func series(
        of expression: Expression, at slot: Time, _ models: [Model]
    ) async throws -> [[SelectedSeries]] {
        var budget = Self.mostSamples
        var series: [[SelectedSeries]] = []
        for (selector, span) in zip(expression.selectors, expression.spans(from: slot, through: slot)) {
            var found = own.chosen(by: selector) + judged.flatMap { $0.recorded.chosen(by: selector) }
            if selector.readsModels {
                for model in models {
                    found += try await SeriesReader.Table.load(
                        selector, of: SeriesReader.Subject(model), from: model.windows, .span(span), budget: &budget
                    ).series
                }
            }
            series.append(found)
        }
        return series
    }
}

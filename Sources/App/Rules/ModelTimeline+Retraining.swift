import Alerting
import Crypto
import Integrations
import Monitoring
import Query
import Store

/// From firing alerts to requests for a new model.
extension ModelTimeline {
    /// Asks every policy of the model, and writes what it decides into the step.
    mutating func decideRetraining(
        at slot: Time, replayed: Bool, _ record: some TimelineRecord, now: Time, into step: inout EvaluationStep
    ) async throws {
        retrainingDue = nil
        let firing = judged.flatMap(\.book.alerts).filter { $0.verdict == .firing }.compactMap { NotifiedAlert($0) }
        guard !firing.isEmpty else { return }
        for policy in settings.retraining.policies(of: model.name)
        where firing.contains(where: { policy.isAsked(by: $0.labels) }) && !step.hasOpenRun {
            let runs = try await record.runs()
            let past = Self.past(of: policy, runs)
            switch policy.decide(firing: firing, past: past, now: slot, replayed: replayed) {
            case .notAsked: break
            case .held(_, let until):
                if let until { retrainingDue = min(retrainingDue ?? until, until) }
            case .recorded(let reasons):
                let run = run(of: policy, reasons, at: slot, replayed: replayed, now: now, state: .recorded)
                step.runs.append(stored(run, token: nil))
            case .start(let reasons):
                let run = run(of: policy, reasons, at: slot, replayed: replayed, now: now, state: .requested)
                let sequence = try await record.lastSequence(stream: policy.stream) + 1
                let launch = RetrainingLaunch(
                    run: run, policy: policy, identity: identity, sequence: sequence, now: now)
                step.runs.append(stored(run, token: launch.token))
                step.deliveries.append(launch.delivery)
            }
        }
    }

    private static func past(of policy: RetrainingPolicy, _ runs: [StoredRun]) -> RetrainingPast {
        let open = runs.first { RetrainingState(rawValue: $0.state)?.isOpen ?? false }
        let own = runs.filter { $0.policy == policy.name }
        return RetrainingPast(
            openRun: open?.id,
            lastStart: own.filter { $0.state != RetrainingState.recorded.rawValue }.map(\.eventTime).max(),
            lastRecord: own.filter { $0.state == RetrainingState.recorded.rawValue }.map(\.eventTime).max())
    }

    private func run(
        of policy: RetrainingPolicy, _ reasons: [NotifiedAlert], at slot: Time, replayed: Bool, now: Time,
        state: RetrainingState
    ) -> RetrainingRun {
        let length = reasons.lazy.compactMap { PrometheusDuration($0.labels["window"]) }.first
        return RetrainingRun(
            id: "rt_" + Self.ulid(at: now), policy: policy, eventTime: slot, replayed: replayed, reasons: reasons,
            window: length.map { RetrainingWindow(length: $0, end: slot) }, requestedAt: now, state: state)
    }

    private func stored(_ run: RetrainingRun, token: Secret?) -> StoredRun {
        StoredRun(run, model: model.id, token: token)
    }
}

extension EvaluationStep {
    /// Whether this step itself opens a run.
    fileprivate var hasOpenRun: Bool {
        runs.contains { RetrainingState(rawValue: $0.state)?.isOpen ?? false }
    }
}

extension StoredRun {
    /// A run as it is stored; without a token nobody can call back.
    init(_ run: RetrainingRun, model: Int32, token: Secret?) {
        self.init(
            id: run.id, policy: run.policy, model: model, state: run.state.rawValue,
            document: RunDocument.text(of: run), eventTime: run.eventTime, deadline: run.deadline,
            tokenDigest: token.map { KeyRing.digest(of: $0.revealed) } ?? [], createdAt: run.requestedAt)
    }
}

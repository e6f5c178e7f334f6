import Alerting
import Integrations
import Monitoring
import Query

/// A run with what its job needs to know: the token of its call-back and the delivery that carries all of it.
struct RetrainingLaunch {
    /// Proves the job in its call-backs; kept as a digest only.
    let token: Secret
    /// The request on its way.
    let delivery: Delivery

    init(run: RetrainingRun, policy: RetrainingPolicy, identity: SenderIdentity, sequence: Int64, now: Time) {
        let bits = (0..<4).map { _ in UInt64.random(in: .min ... .max) }
        token = Secret("rtt_" + bits.map { String($0, radix: 36) }.joined())
        let base = "\(identity.externalURL)/v1"
        let range = run.window.map { "from=\($0.start.rfc3339)&to=\($0.end.rfc3339)&" } ?? ""
        let version = run.reasons.lazy.map { $0.labels["version"] }.first { !$0.isEmpty }
        let request = RetrainingRequest(
            run: run, modelVersion: version,
            rowsURL: "\(base)/models/\(run.model)/predictions?\(range)labelled=true",
            callbackURL: "\(base)/retraining/runs/\(run.id)/status", callbackToken: token)
        delivery = request.delivery(
            id: "msg_" + ModelTimeline.ulid(at: now), policy: policy, sequence: sequence,
            payload: LauncherRegistry.body(of: request, for: policy.launcher))
    }
}

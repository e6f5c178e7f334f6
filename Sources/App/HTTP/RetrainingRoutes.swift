import Alerting
import Hummingbird
import JSON
import Monitoring
import Query
import Store

/// Retraining runs: shown, started by hand, and reported on by their jobs.
struct RetrainingRoutes {
    let settings: ActiveSettings
    let models: ModelCatalog
    let store: Store
    let now: @Sendable () -> Time

    func add(to router: Router<APIContext>) {
        router.get("v1/retraining/runs") { request, _ in
            try request.refuseParameters(except: [])
            return try await list()
        }
        router.post("v1/retraining/:policy/start") { _, context in try await start(context) }
    }

    /// The call-back has the token of its run instead of a key, so it is outside of the keys.
    func addCallback(to router: Router<APIContext>) {
        router.post("v1/retraining/runs/:id/status") { request, context in try await report(request, context) }
    }

    private func list() async throws -> Response {
        let runs = try await store.runs().compactMap { RunDocument.run(of: $0.document) }
        return Answer.json { writer in
            writer.object { object in
                object.array("runs") { array in
                    for run in runs { array.object { Self.write(run, to: &$0) } }
                }
            }
        }
    }

    private func start(_ context: APIContext) async throws -> Response {
        guard let policy = settings.current.retraining.policy(named: try context.parameters.require("policy")) else {
            throw Problem.unknown("policy")
        }
        guard let model = try await models.model(named: policy.model) else { throw Problem.unknown("model") }
        let open = try await store.runs(model: model.id).first { RetrainingState(rawValue: $0.state)?.isOpen ?? false }
        if let open { throw Problem.conflict("run \(open.id) of the model is not finished; wait for it") }
        let time = now()
        let progress = await model.windows.progress
        let run = RetrainingRun(
            id: "rt_" + ModelTimeline.ulid(at: time), policy: policy, eventTime: progress.watermark ?? time,
            replayed: false, reasons: [], window: nil, requestedAt: time)
        let launch = RetrainingLaunch(
            run: run, policy: policy, identity: settings.identity,
            sequence: try await store.lastSequence(stream: policy.stream) + 1, now: time)
        try await store.start(StoredRun(run, model: model.id, token: launch.token), delivery: launch.delivery)
        return Answer.json(.created) { writer in writer.object { Self.write(run, to: &$0) } }
    }

    private func report(_ request: Request, _ context: APIContext) async throws -> Response {
        let id = try context.parameters.require("id")
        let token =
            (request.headers[.authorization] ?? "").split(separator: " ", maxSplits: 1).last.map(String.init) ?? ""
        guard let stored = try await store.runs(id: id).first, !stored.tokenDigest.isEmpty,
            stored.tokenDigest == KeyRing.digest(of: token), var run = RunDocument.run(of: stored.document)
        else {
            throw Problem(
                .unauthorized, "The run and its token do not belong together",
                detail: "send `Authorization: Bearer TOKEN` with the callback_token of this run",
                headers: [.wwwAuthenticate: "Bearer"])
        }
        let document = try await request.document(limit: 1 << 20)
        guard let state = document["state"]?.string.flatMap(RetrainingReport.State.init(rawValue:)) else {
            throw Problem.invalid([("/state", "give running, succeeded or failed")])
        }
        let report = RetrainingReport(
            state: state, modelVersion: document["model_version"]?.scalarText, metrics: document["metrics"]?.text)
        switch run.take(report, at: now()) {
        case .unchanged: break
        case .refused(let reason): throw Problem.conflict(reason)
        case .changed:
            let changed = StoredRun(run, model: stored.model, token: nil)
            guard try await store.replace(changed, readIn: stored.state, at: now()) else {
                throw Problem.unavailable("the run changed at this moment; send the call-back again")
            }
        }
        return Answer.json { writer in writer.object { Self.write(run, to: &$0) } }
    }

    private static func write(_ run: RetrainingRun, to object: inout JSONWriter) {
        object.member("run_id", run.id)
        object.member("policy", run.policy)
        object.member("model", run.model)
        object.member("state", run.state.rawValue)
        object.member("event_time", run.eventTime.rfc3339)
        object.member("replayed", run.replayed)
        object.array("reason") { array in
            for alert in run.reasons {
                array.object { entry in
                    entry.object("labels") { $0.members(alert.labels.pairs) }
                    entry.member("starts_at", alert.startsAt.rfc3339)
                }
            }
        }
        object.member("model_version", run.modelVersion)
        if let metrics = run.metrics {
            object.member("metrics", json: metrics)
        } else {
            object.member("metrics", JSONNode.null)
        }
        object.member("detail", run.detail)
        object.member("requested_at", run.requestedAt.rfc3339)
        object.member("changed_at", run.changedAt.rfc3339)
    }
}

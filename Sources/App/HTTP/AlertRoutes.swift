import Alerting
import Hummingbird
import JSON
import Monitoring
import Query
import Store

/// Alerts, for people.
struct AlertRoutes {
    let store: Store
    let models: ModelCatalog
    let settings: ActiveSettings
    let now: @Sendable () -> Time

    func add(to router: Router<APIContext>) {
        router.get("v1/alerts") { request, _ in try await list(request) }
        router.get("v1/alerts/:fingerprint") { _, context in try await show(context) }
        router.post("v1/alerts/:fingerprint/acknowledge") { request, context in
            try await acknowledge(request, context)
        }
    }

    private func list(_ request: Request) async throws -> Response {
        try request.refuseParameters(except: ["state", "model"])
        let state = request.parameter("state")
        if let state, !["pending", "firing", "resolved"].contains(state) {
            throw Problem.invalid([("?state", "give pending, firing or resolved")])
        }
        let records = try await store.alertRecords(verdict: state, model: request.parameter("model"))
        return Answer.json { writer in
            writer.object { object in
                object.array("alerts") { array in
                    for record in records { array.object { write(record, history: nil, to: &$0) } }
                }
            }
        }
    }

    private func show(_ context: APIContext) async throws -> Response {
        let fingerprint = try context.parameters.require("fingerprint")
        guard let record = try await store.alertRecords(fingerprint: fingerprint).first else {
            throw Problem.unknown("alert")
        }
        let history = try await store.history(model: record.model, fingerprint: fingerprint)
        let audiences = try await audiences(of: record)
        return Answer.json { writer in
            writer.object { object in
                write(record, history: history, to: &object)
                object.array("notifications") { array in
                    for audience in audiences { array.object { AlertAudienceDocument.write(audience, to: &$0) } }
                }
            }
        }
    }

    /// Everybody whom the alert concerns, on the clock of its model; nobody hears of one that is only pending.
    func audiences(of record: AlertRecord) async throws -> [AlertAudience] {
        guard let alert = AlertDocument.alert(of: record.alert.state), let notified = NotifiedAlert(alert) else {
            return []
        }
        var snapshot = settings.current
        snapshot.silences = try await store.silences(endingAfter: Time(microseconds: 0))
            .compactMap(SilenceDocument.silence)
        var firing: [Labels] = []
        for other in try await store.alerts(model: record.model) where other.verdict == AlertVerdict.firing.rawValue {
            if let other = AlertDocument.alert(of: other.state) { firing.append(other.labels) }
        }
        var groups: [AlertGroup] = []
        for stored in try await store.groups(model: record.model) {
            groups.append(try StoredText.group(from: stored.state))
        }
        let clock = try await clock(of: record.model)
        return AlertAudience.all(
            of: notified, snapshot, groups: groups, firing: firing,
            deliveries: try await store.deliveries(model: record.model, fingerprint: record.alert.fingerprint),
            health: try await store.receiverHealth(), at: clock)
    }

    /// The clock that alerts, groups and silences of a model run on, or the wall clock for those of none.
    func clock(of model: Int32) async throws -> Time { await models.windows(of: model)?.progress.evaluatedTo ?? now() }

    private func acknowledge(_ request: Request, _ context: APIContext) async throws -> Response {
        let bytes = try await request.decodedBody(limit: 1 << 16)
        let person = bytes.isEmpty ? nil : try JSONNode(parsing: bytes)["by"]?.string
        let fingerprint = try context.parameters.require("fingerprint")
        guard try await store.acknowledge(fingerprint: fingerprint, by: person ?? "", at: now()) else {
            throw Problem.unknown("firing alert")
        }
        return Answer.empty
    }

    private func write(_ record: AlertRecord, history: [AlertEvent]?, to object: inout JSONWriter) {
        let alert = AlertDocument.alert(of: record.alert.state)
        object.member("fingerprint", record.alert.fingerprint)
        object.member("alertname", record.alert.alertname)
        object.member("model", record.modelName)
        object.member("rule", record.alert.rule)
        object.object("labels") { $0.members(alert?.labels.pairs ?? []) }
        object.object("annotations") { $0.members(alert?.annotations ?? []) }
        object.member("verdict", record.alert.verdict)
        object.member("health", record.alert.health)
        object.member("health_reason", alert?.healthReason)
        object.member("value", alert?.value)
        object.member("active_at", alert?.activeAt.rfc3339)
        object.member("fired_at", alert?.firedAt?.rfc3339)
        object.member("resolved_at", alert?.resolvedAt?.rfc3339)
        object.member("acknowledged_at", record.acknowledgedAt?.rfc3339)
        object.member("acknowledged_by", record.acknowledgedBy)
        guard let history else { return }
        object.array("history") { array in
            for event in history {
                array.object { Self.write(event, to: &$0) }
            }
        }
    }

    /// Writes an entry of an alert's history.
    static func write(_ event: AlertEvent, to object: inout JSONWriter) {
        object.member("at", event.slot.rfc3339)
        object.member("from", event.from)
        object.member("to", event.to)
        object.member("health", event.health)
        object.member("reason", event.reason)
        object.member("value", event.value.isFinite ? event.value : nil)
        if let correction = event.correction { object.member("correction", json: correction) }
    }
}

import Alerting
import Hummingbird
import JSON
import Monitoring
import Query
import Store

/// Alerts, for people.
struct AlertRoutes {
    let store: Store
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
        return Answer.json { writer in writer.object { write(record, history: history, to: &$0) } }
    }

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
                array.object { entry in
                    entry.member("at", event.slot.rfc3339)
                    entry.member("from", event.from)
                    entry.member("to", event.to)
                    entry.member("health", event.health)
                    entry.member("reason", event.reason)
                    entry.member("value", event.value)
                }
            }
        }
    }
}

import Alerting
import Hummingbird
import JSON
import Monitoring
import Store

/// The outbox, for people.
struct DeliveryRoutes {
    let store: Store
    let now: @Sendable () -> Time

    func add(to router: Router<APIContext>) {
        router.get("v1/deliveries") { request, _ in try await list(request) }
        router.post("v1/deliveries/:id/redeliver") { _, context in try await redeliver(context) }
        router.post("v1/deliveries/redeliver") { request, _ in try await redeliverDead(request) }
    }

    private func list(_ request: Request) async throws -> Response {
        try request.refuseParameters(except: ["state"])
        let state = request.parameter("state")
        if let state, !["ready", "delivered", "dead"].contains(state) {
            throw Problem.invalid([("?state", "give ready, delivered or dead")])
        }
        let deliveries = try await store.deliveries(state: state)
        return Answer.json { writer in
            writer.object { object in
                object.array("deliveries") { array in
                    for delivery in deliveries {
                        array.object { write(delivery.record, delivery.attempts, to: &$0) }
                    }
                }
            }
        }
    }

    private func write(_ record: DeliveryRecord, _ attempts: [DeliveryAttempt], to object: inout JSONWriter) {
        let delivery = record.delivery
        object.member("id", delivery.id)
        object.member("kind", delivery.kind.rawValue)
        object.member("receiver", delivery.destination.name)
        object.member("channel", delivery.destination.channel)
        object.member("stream", delivery.stream)
        object.member("sequence", delivery.sequence)
        object.member("state", record.state)
        object.array("attempts") { array in
            for attempt in attempts {
                array.object { entry in
                    entry.member("attempt", attempt.attempt)
                    entry.member("at", attempt.at.rfc3339)
                    entry.member("status", attempt.status)
                    entry.member("error", attempt.error)
                    entry.member("excerpt", attempt.excerpt)
                }
            }
        }
        object.member("next_at", record.state == "ready" ? record.nextAt.rfc3339 : nil)
        object.member("created_at", delivery.createdAt.rfc3339)
        object.member("event_time", delivery.eventTime.rfc3339)
        object.member("replayed", delivery.replayed)
        // A request for retraining carries the token of its call-back, which nobody else may see.
        if delivery.kind == .notification {
            object.member("body", String(decoding: delivery.payload, as: UTF8.self))
        }
    }

    private func redeliverDead(_ request: Request) async throws -> Response {
        try request.refuseParameters(except: ["receiver", "since"])
        var since: Time?
        if let text = request.parameter("since") {
            guard let time = Time(rfc3339: text) else {
                throw Problem.invalid([("?since", "give a time such as 2026-01-01T00:00:00Z")])
            }
            since = time
        }
        let count = try await store.redeliver(receiver: request.parameter("receiver"), since: since, at: now())
        return Answer.json { writer in writer.object { $0.member("redelivered", count) } }
    }

    private func redeliver(_ context: APIContext) async throws -> Response {
        guard try await store.redeliver(try context.parameters.require("id"), at: now()) else {
            throw Problem.conflict("there is no such delivery, or it is on its way already")
        }
        return Answer.empty
    }
}

import Alerting
import Monitoring
import Store

/// Where the steps of a timeline go, and what its policies did before.
protocol TimelineRecord {
    /// A slot is judged next; throws where that is not wanted any more.
    mutating func begin(_ slot: Time) throws
    /// Keeps a step, all or nothing.
    mutating func commit(_ step: EvaluationStep) async throws
    /// The retraining runs of the model so far.
    func runs() async throws -> [StoredRun]
    /// The greatest sequence number of a stream of deliveries, 0 without any.
    func lastSequence(stream: String) async throws -> Int64
    /// What became of the model's alerts at slots from one on, oldest first.
    func history(since slot: Time) async throws -> [AlertEvent]
    /// The deliveries that told of an alert.
    func deliveries(of fingerprint: String) async throws -> [AlertDelivery]
}

/// The record of the service: the database, written under the evaluator's lease.
struct KeptRecord: TimelineRecord {
    let store: Store
    let model: Int32
    let lease: Lease
    let now: Time

    func begin(_ slot: Time) {}

    func commit(_ step: EvaluationStep) async throws {
        try await store.commit(step, lease: lease, at: now)
    }

    func runs() async throws -> [StoredRun] {
        try await store.runs(model: model)
    }

    func lastSequence(stream: String) async throws -> Int64 {
        try await store.lastSequence(stream: stream)
    }

    func history(since slot: Time) async throws -> [AlertEvent] {
        try await store.history(model: model, since: slot)
    }

    func deliveries(of fingerprint: String) async throws -> [AlertDelivery] {
        try await store.deliveries(model: model, fingerprint: fingerprint)
    }
}

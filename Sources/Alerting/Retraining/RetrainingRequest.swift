internal import Monitoring

/// What a job is told when it is asked for a new model.
package struct RetrainingRequest: Hashable, Sendable {
    /// The run.
    package let run: RetrainingRun
    /// The version of the model whose data the alerts were about, where they name one.
    package let modelVersion: String?
    /// Where the labelled rows can be read.
    package let rowsURL: String
    /// Where the job says how far it is.
    package let callbackURL: String
    /// What the job proves itself with there.
    package let callbackToken: Secret

    /// A request with all its parts.
    package init(
        run: RetrainingRun, modelVersion: String?, rowsURL: String, callbackURL: String, callbackToken: Secret
    ) {
        self.run = run
        self.modelVersion = modelVersion
        self.rowsURL = rowsURL
        self.callbackURL = callbackURL
        self.callbackToken = callbackToken
    }

    /// The delivery that carries it, with the body that its launcher made of it.
    ///
    /// - Parameters:
    ///   - id: `msg_` and a ULID.
    ///   - policy: The run's policy.
    ///   - sequence: The place among the policy's requests, rising.
    ///   - payload: The body.
    /// - Returns: The delivery, to be kept in the transaction that keeps the run.
    package func delivery(id: String, policy: RetrainingPolicy, sequence: Int64, payload: [UInt8]) -> Delivery {
        Delivery(
            id: id, kind: .retraining, destination: policy.destination, stream: policy.stream, sequence: sequence,
            payload: payload, createdAt: run.requestedAt, eventTime: run.eventTime, replayed: run.replayed)
    }
}

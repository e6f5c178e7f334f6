package import Monitoring

/// What a policy has done so far, as far as it matters for its next decision.
package struct RetrainingPast: Hashable, Sendable {
    /// The id of a run of the model that is not finished; a model has one at most.
    package let openRun: String?
    /// The event time of the policy's last start.
    package let lastStart: Time?
    /// The event time of the last decision that was recorded in a replay and not sent. It counts for further replayed decisions
    /// only: what was never sent must not hold back the first real start.
    package let lastRecord: Time?

    /// A past; by default none.
    package init(openRun: String? = nil, lastStart: Time? = nil, lastRecord: Time? = nil) {
        self.openRun = openRun
        self.lastStart = lastStart
        self.lastRecord = lastRecord
    }
}

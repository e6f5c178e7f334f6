import Monitoring
import Query
import Store

/// One alert from the slot at which its condition became true until it was over.
struct AlertEpisode: Sendable {
    /// File, group and key of its rule.
    let rule: String
    let fingerprint: String
    var labels: Labels
    /// When the condition became true.
    let pendingAt: Time
    /// When it fired; nil if it never did.
    var firingAt: Time?
    /// When it was resolved, or the condition false again before it fired; nil while it goes on.
    var endedAt: Time?
    /// The value at which it fired.
    var value = Double.nan
    /// Every change of verdict and health with its reason.
    var changes: [AlertEvent] = []

    init(rule: String, fingerprint: String, labels: Labels, pendingAt: Time) {
        self.rule = rule
        self.fingerprint = fingerprint
        self.labels = labels
        self.pendingAt = pendingAt
    }

    /// The stretch in which it fired, cut off at an end.
    func firing(until end: Time) -> (from: Time, to: Time)? {
        firingAt.map { ($0, max($0, endedAt ?? end)) }
    }
}

package import Monitoring

/// How one attempt to deliver ended.
package enum DeliveryOutcome: Hashable, Sendable {
    /// The receiver took it, with a status in 200...299.
    case delivered(status: Int)
    /// It may work later: a status that says so, or no answer at all (nil). `after` is what the receiver asked for.
    case retry(status: Int?, reason: String, after: PrometheusDuration?)
    /// It will not work later either; the delivery is kept to be looked at.
    case dead(status: Int?, reason: String)
    /// Nothing was sent, because the receiver is not in the settings or its secret cannot be read; not an attempt.
    case paused(reason: String)
}

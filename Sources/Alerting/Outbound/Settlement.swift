package import Monitoring

/// What became of a delivery after an attempt.
package enum Settlement: Hashable, Sendable {
    /// Done.
    case delivered
    /// To be tried again at this wall-clock time.
    case waiting(until: Time)
    /// Given up on, and kept to be looked at.
    case dead(reason: String)
}

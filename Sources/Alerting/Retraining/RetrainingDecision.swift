package import Monitoring

/// What a policy makes of the alerts of a slot.
package enum RetrainingDecision: Hashable, Sendable {
    /// No alert that fires asks for a new model.
    case notAsked
    /// A new model is asked for, because of these alerts.
    case start([NotifiedAlert])
    /// A new model would be asked for, but the data is a replay: written down, not sent.
    case recorded([NotifiedAlert])
    /// Not now, and at which event time it is worth asking again, where that is known.
    case held(RetrainingObstacle, until: Time?)
}

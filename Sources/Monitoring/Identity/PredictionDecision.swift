/// What became of a prediction when it met what is known about its id.
package enum PredictionDecision: Hashable, Sendable {
    /// It was not known; the outcomes it makes together with labels that came before it.
    case new([OutcomeDelta])

    /// It is known with equal content, or its id was erased: nothing changes.
    case duplicate

    /// It is known with other content, which stays.
    case conflict

    /// It is not taken, for the reason told.
    case refused(String)
}

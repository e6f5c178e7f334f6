/// What became of a label when it met what is known about its id.
package enum LabelDecision: Hashable, Sendable {
    /// It was not known; the outcomes it makes, whether another label of the id is corrected (by it, or it by that), and
    /// whether the prediction is still to come.
    case new([OutcomeDelta], isCorrection: Bool, isPending: Bool)

    /// It is known, or its id was erased: nothing changes.
    case duplicate

    /// It is not taken, for the reason told.
    case refused(String)
}

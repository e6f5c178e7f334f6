/// What a call-back or a deadline did to a run.
package enum RetrainingChange: Hashable, Sendable {
    /// The run's state is another one now.
    case changed
    /// The run was there already, or further.
    case unchanged
    /// What was said contradicts what is known; the sentence says how.
    case refused(String)
}

/// How far a retraining run has come.
package enum RetrainingState: String, Hashable, CaseIterable, Sendable {
    /// Asked for; nothing was heard yet.
    case requested
    /// The job said that it runs.
    case running
    /// The job said that it is done.
    case succeeded
    /// The job said that it failed, or it could not be asked for at all.
    case failed
    /// The job was not heard of for too long.
    case timedOut = "timed_out"
    /// Written down in a replay; nobody was asked.
    case recorded

    /// Whether the run holds back further ones of its model.
    package var isOpen: Bool { self == .requested || self == .running }
}

/// Whether an alert's verdict can be trusted; never a second alert.
package enum AlertHealth: String, Hashable, Sendable, CaseIterable {
    /// The last evaluation saw everything that it needed.
    case ok
    /// There was too little data for a verdict.
    case insufficient
    /// A series that the verdict was made of has no sample.
    case noData = "no_data"
    /// The last evaluation failed.
    case error
    /// The model's event time has stopped.
    case stale
}

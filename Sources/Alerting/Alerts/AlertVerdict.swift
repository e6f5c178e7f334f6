/// What a rule's condition says about one label set.
package enum AlertVerdict: String, Hashable, Sendable, CaseIterable {
    /// The condition is false; such an alert is not kept.
    case inactive
    /// The condition is true, not yet for as long as `for` asks.
    case pending
    /// The condition was true for long enough.
    case firing
    /// The condition was true for long enough and is false now.
    case resolved
}

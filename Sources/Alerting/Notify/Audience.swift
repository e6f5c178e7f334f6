/// What a channel wants to hear.
package struct Audience: Hashable, Sendable {
    /// Whether it is told that alerts have resolved.
    package let sendsResolved: Bool
    /// How many alerts a notification may list; 0 is no limit.
    package let mostAlerts: Int

    /// What a channel wants to hear; by default everything.
    package init(sendsResolved: Bool = true, mostAlerts: Int = 0) {
        self.sendsResolved = sendsResolved
        self.mostAlerts = mostAlerts
    }
}

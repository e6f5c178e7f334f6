/// A stretch of event time, `[start, end)`.
package struct Window: Hashable, Sendable {
    /// The first instant inside.
    package let start: Time

    /// The first instant after it.
    package let end: Time

    /// How long it is, as it was written.
    package let length: PrometheusDuration

    /// The window of a length that ends at `end`.
    package init(end: Time, length: PrometheusDuration) {
        self.end = end
        self.length = length
        start = end - length
    }

    /// Whether an event time lies inside.
    package func contains(_ time: Time) -> Bool {
        start <= time && time < end
    }
}

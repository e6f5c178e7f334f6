package import Monitoring

/// The stretch `[start, end)` of event time that made somebody ask for a new model.
package struct RetrainingWindow: Hashable, Sendable {
    /// The first instant.
    package let start: Time
    /// The first instant after it.
    package let end: Time
    /// Its length as the model's schema writes it, such as `7d`.
    package let length: PrometheusDuration

    /// The window of a length that ends at a time.
    package init(length: PrometheusDuration, end: Time) {
        start = end - length
        self.end = end
        self.length = length
    }
}

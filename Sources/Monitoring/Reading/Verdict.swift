/// Whether a measure of a column tells of drift, and what it was held against.
package struct Verdict: Hashable, Sendable {
    /// The critical value of that single test at the model's false-alarm rate, and at least the smallest effect that is worth an
    /// alert; nil where nothing can be told at that rate.
    package let threshold: Double?

    /// Whether the measure tells of drift after the model's control of many tests; nil for no verdict.
    package let isDrifted: Bool?

    /// Why there is no verdict.
    package let gap: NullReason?
}

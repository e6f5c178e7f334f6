/// One value of one series, as a selector sees it at an instant.
package struct Sample: Sendable {
    /// The series, name included.
    package let labels: Labels
    /// The value; NaN is a value like any other.
    package let value: Double

    /// A value of a series.
    package init(labels: Labels, value: Double) {
        self.labels = labels
        self.value = value
    }
}

package import Monitoring

/// One member of a range vector: the samples of a stretch of time.
package struct RangeSeries: Sendable {
    /// A value at a time.
    package struct Point: Sendable {
        /// When it was taken.
        package let time: Time
        /// The value; NaN is a value like any other.
        package let value: Double
    }

    /// Its labels.
    package let labels: Labels
    /// The samples, oldest first; never none.
    package internal(set) var points: [Point]
    /// The samples that it was made of.
    package internal(set) var sources: SampleSources
}

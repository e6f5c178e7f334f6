/// One member of a vector.
package struct Element: Sendable {
    /// Its labels.
    package var labels: Labels
    /// Its value.
    package var value: Double
    /// The samples that it was made of.
    package var sources: SampleSources

    /// A member by labels, value and origin.
    package init(labels: Labels, value: Double, sources: SampleSources = .none) {
        self.labels = labels
        self.value = value
        self.sources = sources
    }
}

/// One sample that a result was made of: which selector of the expression saw it, and its series.
package struct SampleSource: Hashable, Sendable {
    /// The index in ``Expression/selectors``.
    package let selector: Int
    /// The labels of the series, name included.
    package let labels: Labels

    /// A sample by selector and series.
    package init(selector: Int, labels: Labels) {
        self.selector = selector
        self.labels = labels
    }
}

package import Query

/// One element of an alerting rule's result: a label set for which the condition is true.
package struct ActiveElement: Sendable {
    /// The final labels: those of the element without the metric's name, the rule's, and `alertname`.
    package let labels: Labels
    /// The annotations in the order of their names, filled in.
    package let annotations: [Label]
    /// The value of the expression.
    package let value: Double
    /// The samples that the element was made of.
    package let sources: SampleSources

    /// An element of these parts.
    package init(labels: Labels, annotations: [Label] = [], value: Double, sources: SampleSources = .none) {
        self.labels = labels
        self.annotations = annotations
        self.value = value
        self.sources = sources
    }
}

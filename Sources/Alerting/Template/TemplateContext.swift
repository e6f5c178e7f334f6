package import Query

/// What the templates of one alert may speak of.
package struct TemplateContext: Sendable {
    /// The labels of the element, the metric's name included.
    package let labels: Labels
    /// The value of the element.
    package let value: Double
    /// The labels of this installation.
    package let externalLabels: Labels
    /// The address of this installation, for links.
    package let externalURL: String

    /// The context of one element.
    package init(labels: Labels, value: Double, externalLabels: Labels = .empty, externalURL: String = "") {
        self.labels = labels
        self.value = value
        self.externalLabels = externalLabels
        self.externalURL = externalURL
    }
}

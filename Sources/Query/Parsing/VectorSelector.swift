package import Monitoring

/// A choice of series by name and labels, at an instant or over a stretch of time.
package struct VectorSelector: Hashable, Sendable {
    /// Its index in ``Expression/selectors``.
    package let index: Int
    /// Conditions on the labels, the one on the metric's name first where there is a name.
    package var matchers: [LabelMatcher]
    /// How long before the evaluated instant it looks.
    package internal(set) var offset = PrometheusDuration.zero
    /// How long the stretch is whose samples it takes; nil for the newest sample alone.
    package internal(set) var range: PrometheusDuration?
    /// At which instant it looks, whenever it is evaluated; nil for the evaluated instant.
    package internal(set) var anchor: TimeAnchor?
    /// Where it stands in the text.
    package let position: SourcePosition

    /// The metric's exact name, if the selector fixes one.
    package var name: String? {
        matchers.first { $0.name == Labels.metricName && $0.operation == .equal }?.value
    }

    /// Whether a series is chosen.
    package func matches(_ labels: Labels) -> Bool {
        matchers.allSatisfy { $0.matches(labels) }
    }

    /// The conditions on one label.
    package func matchers(on label: String) -> [LabelMatcher] {
        matchers.filter { $0.name == label }
    }
}

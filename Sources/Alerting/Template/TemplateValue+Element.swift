package import Query

extension TemplateValue {
    /// What the templates of a rule may speak of.
    ///
    /// - Parameters:
    ///   - labels: The labels of the element, the metric's name included.
    ///   - value: The value of the element.
    ///   - externalLabels: The labels of this installation.
    ///   - externalURL: The address of this installation, for links.
    package init(labels: Labels, value: Double, externalLabels: Labels = .empty, externalURL: String = "") {
        self = .record([
            ("Labels", Self.map(labels)), ("Value", .number(value)), ("ExternalLabels", Self.map(externalLabels)),
            ("ExternalURL", .text(externalURL)),
        ])
    }

    private static func map(_ labels: Labels) -> TemplateValue {
        .record(labels.pairs.map { ($0.name, .text($0.value)) })
    }
}

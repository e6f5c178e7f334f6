package import Monitoring
package import Query

/// A rule of a rule group: an expression with its consequences. An immutable value.
package struct Rule: Hashable, Sendable {
    /// Whether it alerts or records.
    package let kind: RuleKind
    /// The alert's or the series' name.
    package let name: String
    /// The rule's identity in its group: name and labels as written, with a number for the second of its kind.
    package let key: String
    /// The condition or the recorded value.
    package let expression: Expression
    /// How long the condition must be true before an alert fires (`for`).
    package let holdDuration: PrometheusDuration
    /// How long an alert fires on after its condition became false.
    package let keepFiringFor: PrometheusDuration
    /// Labels that are added, in the order of their names; in recording rules they are plain text.
    package let labels: [TemplateLabel]
    /// Texts for people, in the order of their names.
    package let annotations: [TemplateLabel]
    /// Where the rule stands in its file.
    package let position: SourcePosition

    /// A rule of these parts.
    package init(
        kind: RuleKind, name: String, key: String, expression: Expression, holdDuration: PrometheusDuration = .zero,
        keepFiringFor: PrometheusDuration = .zero, labels: [TemplateLabel] = [], annotations: [TemplateLabel] = [],
        position: SourcePosition = .start
    ) {
        self.kind = kind
        self.name = name
        self.key = key
        self.expression = expression
        self.holdDuration = holdDuration
        self.keepFiringFor = keepFiringFor
        self.labels = labels.sorted { $0.name < $1.name }
        self.annotations = annotations.sorted { $0.name < $1.name }
        self.position = position
    }

    /// Whether the rule is to be evaluated for a model: no selector of a model's series excludes it.
    package func selects(model: String) -> Bool {
        expression.selectors.allSatisfy { selector in
            !selector.readsModels || selector.matchers(on: Self.modelLabel).allSatisfy { $0.matches(value: model) }
        }
    }

    /// The rule with `model="..."` implied in every selector of a model's series.
    package func narrowed(toModel model: String) -> Self {
        let matcher = LabelMatcher(name: Self.modelLabel, equals: model)
        return Self(
            kind: kind, name: name, key: key, expression: expression.adding(matcher, where: \.readsModels),
            holdDuration: holdDuration, keepFiringFor: keepFiringFor, labels: labels, annotations: annotations,
            position: position)
    }

    /// The label that names a model.
    package static let modelLabel = "model"
}

extension VectorSelector {
    /// What the names of models' series begin with.
    package static let modelSeriesPrefix = "driftline_"

    /// Whether the selector can see models' series; only one that fixes another name cannot.
    package var readsModels: Bool {
        name.map { $0.hasPrefix(Self.modelSeriesPrefix) } ?? true
    }
}

package import Monitoring
package import Query

/// The result of one rule at one slot, with the samples that it saw.
package struct RuleEvaluation: Sendable {
    /// What came out.
    package enum Outcome: Sendable {
        /// The label sets for which an alerting rule's condition is true.
        case alerts([ActiveElement])
        /// The samples of a recording rule.
        case recorded([Sample])
        /// Why the rule could not be evaluated.
        case failed(String)
    }

    /// The ``Rule/key`` of the rule.
    package let rule: String
    /// What came out.
    package let outcome: Outcome
    /// For every selector of the rule's expression the samples that it saw.
    package let samples: [[Sample]]

    /// An evaluation that was made elsewhere, or could not be made at all.
    package init(rule: String, outcome: Outcome, samples: [[Sample]] = []) {
        self.rule = rule
        self.outcome = outcome
        self.samples = samples
    }

    /// Evaluates a rule.
    ///
    /// - Parameters:
    ///   - rule: The rule, narrowed to a model where it is evaluated for one.
    ///   - slot: The instant.
    ///   - series: For every selector of the expression the series that it chooses, as ``Expression`` asks for them.
    ///   - limit: How many elements are allowed; 0 for any number.
    ///   - externalLabels: The labels of this installation, for templates.
    ///   - externalURL: The address of this installation, for templates.
    ///   - subqueryStep: The step of subqueries that name none.
    package init(
        of rule: Rule, at slot: Time, series: [[SelectedSeries]], limit: Int = 0, externalLabels: Labels = .empty,
        externalURL: String = "", subqueryStep: PrometheusDuration = Expression.defaultSubqueryStep
    ) {
        let outcome: Outcome
        do {
            let value = try rule.expression.evaluate(at: slot, series: series, subqueryStep: subqueryStep)
            outcome =
                value.elements.map { Self.outcome(of: rule, $0, limit, externalLabels, externalURL) }
                ?? .failed("the result is neither a number nor an instant vector")
        } catch {
            outcome = .failed(error.description)
        }
        self.init(rule: rule.key, outcome: outcome, samples: rule.expression.seen(series, at: slot))
    }

    /// Evaluates a rule without ranges, subqueries and `@` over the samples that each of its selectors sees at the slot.
    package init(
        of rule: Rule, at slot: Time, samples: [[Sample]], limit: Int = 0, externalLabels: Labels = .empty,
        externalURL: String = ""
    ) {
        let series = zip(rule.expression.selectors, samples).map { selector, samples in
            samples.map { SelectedSeries($0, seenAt: slot - selector.offset) }
        }
        self.init(
            of: rule, at: slot, series: series, limit: limit, externalLabels: externalLabels, externalURL: externalURL)
    }

    private static func outcome(
        of rule: Rule, _ elements: [Element], _ limit: Int, _ externalLabels: Labels, _ externalURL: String
    ) -> Outcome {
        if limit > 0, elements.count > limit {
            return .failed(
                "exceeded the limit of \(limit) with \(elements.count) \(rule.kind == .alert ? "alerts" : "series")")
        }
        switch rule.kind {
        case .record: return recorded(rule, elements)
        case .alert:
            return alerts(rule, elements) { element in
                TemplateValue(
                    labels: element.labels, value: element.value, externalLabels: externalLabels,
                    externalURL: externalURL)
            }
        }
    }

    private static func recorded(_ rule: Rule, _ elements: [Element]) -> Outcome {
        var seen: Set<Labels> = []
        var samples: [Sample] = []
        for element in elements {
            var labels = element.labels.setting(Labels.metricName, to: rule.name)
            for label in rule.labels { labels = labels.setting(label.name, to: label.template.text) }
            guard seen.insert(labels).inserted else { return .failed(duplicate(labels)) }
            samples.append(Sample(labels: labels, value: element.value))
        }
        return .recorded(samples)
    }

    private static func alerts(
        _ rule: Rule, _ elements: [Element], subject: (Element) -> TemplateValue
    ) -> Outcome {
        var seen: Set<Labels> = []
        var active: [ActiveElement] = []
        for element in elements {
            let subject = subject(element)
            var labels = element.labels.withoutName
            for label in rule.labels { labels = labels.setting(label.name, to: label.template.expansion(of: subject)) }
            labels = labels.setting("alertname", to: rule.name)
            guard seen.insert(labels).inserted else { return .failed(duplicate(labels)) }
            let annotations = rule.annotations.map {
                Label(name: $0.name, value: $0.template.expansion(of: subject))
            }
            active.append(
                ActiveElement(labels: labels, annotations: annotations, value: element.value, sources: element.sources))
        }
        return .alerts(active)
    }

    private static func duplicate(_ labels: Labels) -> String {
        "two results have the same labels \(labels) after the rule's labels were applied"
    }
}

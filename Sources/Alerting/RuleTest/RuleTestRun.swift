package import Monitoring
package import Query

/// The state of one rule test while its time passes.
package struct RuleTestRun: Sendable {
    private struct GroupState: Sendable {
        let group: RuleGroup
        var book: AlertBook
        /// The series that each rule made at the last evaluation; those that it no longer makes end.
        var series: [Set<Labels>]
    }

    /// The input so far and what rules recorded.
    package private(set) var storage = SeriesStorage()
    private let test: RuleTestCase
    private let isAsServed: Bool
    private let subqueryStep: PrometheusDuration
    private var states: [GroupState] = []
    /// The step of the input that comes next.
    private var nextStep = 0

    /// The beginning of a test.
    ///
    /// - Parameters:
    ///   - test: The input; its expectations do not matter here.
    ///   - groups: The rules in the order of evaluation.
    ///   - isAsServed: Whether gaps keep alerts and groups are evaluated model by model.
    ///   - subqueryStep: The step of subqueries that name none.
    package init(
        _ test: RuleTestCase, groups: [RuleGroup], isAsServed: Bool,
        subqueryStep: PrometheusDuration = Expression.defaultSubqueryStep
    ) {
        self.test = test
        self.subqueryStep = subqueryStep
        self.isAsServed = isAsServed
        for group in isAsServed ? Self.servedGroups(groups, for: test) : groups {
            let book = AlertBook(rules: group.rules, keepsThroughGaps: isAsServed)
            states.append(GroupState(group: group, book: book, series: group.rules.map { _ in [] }))
        }
    }

    /// Every group once for each model of the input that it selects; groups that read no model's series once.
    private static func servedGroups(_ groups: [RuleGroup], for test: RuleTestCase) -> [RuleGroup] {
        let modelSeries = test.series.filter { $0.labels.name.hasPrefix(VectorSelector.modelSeriesPrefix) }
        let models = Set(modelSeries.map { $0.labels[Rule.modelLabel] }.filter { !$0.isEmpty }).sorted()
        return groups.flatMap { group in
            let readsModels = group.rules.contains { $0.expression.selectors.contains(where: \.readsModels) }
            guard readsModels, !models.isEmpty else { return [group] }
            return models.filter(group.selects).map(group.narrowed)
        }
    }

    /// The firing alerts of a name, of all groups.
    package func firingAlerts(named name: String) -> [(labels: Labels, annotations: [Label])] {
        states.flatMap { state in
            state.book.alerts.filter { $0.verdict == .firing && $0.name.utf8.elementsEqual(name.utf8) }
                .map { ($0.labels, $0.annotations) }
        }
    }

    /// Loads the input up to a time and evaluates all rules; answers what failed.
    ///
    /// As served, a failure is part of what is tested: it keeps alerts and is not answered.
    package mutating func evaluate(at time: Time) -> [String] {
        load(through: time)
        var errors: [String] = []
        for index in states.indices {
            for rule in states[index].group.rules.indices {
                if let error = evaluate(rule, of: index, at: time), !isAsServed { errors.append(error) }
            }
        }
        return errors
    }

    private mutating func load(through time: Time) {
        let longest = test.series.map(\.steps.count).max() ?? 0
        while nextStep < longest {
            let moment = Time.epoch + test.interval * nextStep
            guard moment <= time else { return }
            for series in test.series where nextStep < series.steps.count {
                switch series.steps[nextStep] {
                case .missing: break
                case .stale: storage.markStale(series.labels, at: moment)
                case .value(let value): storage.append(value, to: series.labels, at: moment)
                }
            }
            nextStep += 1
        }
    }

    private mutating func evaluate(_ index: Int, of group: Int, at time: Time) -> String? {
        let rule = states[group].group.rules[index]
        let evaluation = RuleEvaluation(
            of: rule, at: time, series: storage.series(for: rule.expression, at: time),
            limit: states[group].group.limit, externalLabels: test.externalLabels, externalURL: test.externalURL,
            subqueryStep: subqueryStep)
        _ = states[group].book.apply(evaluation, at: time)
        let samples: [Sample]
        switch evaluation.outcome {
        case .failed(let message): return "rule \(rule.name) at \((time - .epoch).text): \(message)"
        case .recorded(let recorded): samples = recorded
        case .alerts: samples = states[group].book.alerts(of: rule.key).flatMap { Self.series(of: $0, rule) }
        }
        for sample in samples { storage.append(sample.value, to: sample.labels, at: time) }
        let current = Set(samples.map(\.labels))
        for labels in states[group].series[index].subtracting(current) { storage.markStale(labels, at: time) }
        states[group].series[index] = current
        return nil
    }

    /// The series that Prometheus makes of an alert: `ALERTS` and `ALERTS_FOR_STATE`.
    private static func series(of alert: Alert, _ rule: Rule) -> [Sample] {
        var labels = Labels(rule.labels.map { Label(name: $0.name, value: $0.template.text) } + alert.labels.pairs)
        labels = labels.setting("alertname", to: rule.name)
        let state = labels.setting(Labels.metricName, to: "ALERTS").setting("alertstate", to: alert.verdict.rawValue)
        let seconds = (alert.activeAt - .epoch).seconds.rounded(.down)
        return [
            Sample(labels: state, value: 1),
            Sample(labels: labels.setting(Labels.metricName, to: "ALERTS_FOR_STATE"), value: seconds),
        ]
    }
}

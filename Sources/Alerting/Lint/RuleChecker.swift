import Monitoring
import Query

/// Everything that can be said against a rule that is valid.
struct RuleChecker {
    let vocabulary: RuleVocabulary

    /// The warnings about a rule of a group with this interval.
    func findings(about rule: Rule, interval: PrometheusDuration, readsService: Bool) -> [LintFinding] {
        var selectors = SelectorChecker(vocabulary, readsService: readsService)
        selectors.check(rule.expression)
        var findings = selectors.findings + RangeChecker(rule.expression, vocabulary).findings
        if rule.holdDuration > .zero, let message = shortness(of: rule, interval: interval) {
            findings.append(LintFinding(lint: .shortFor, place: .hold, message: message))
        }
        var seen: Set<LintFinding> = []
        return findings.filter { seen.insert($0).inserted }
    }

    private func shortness(of rule: Rule, interval: PrometheusDuration) -> String? {
        let hold = rule.holdDuration
        if hold < interval {
            return
                "for: \(hold.text) is shorter than the interval \(interval.text) of the group, so it waits for one more "
                + "evaluation and not for that time"
        }
        let windows = (vocabulary.models ?? []).flatMap { model -> [WindowSpec] in
            guard rule.selects(model: model.name) else { return [] }
            return model.windows.filter { window in
                rule.expression.selectors.contains { selector in
                    selector.readsModels
                        && selector.matchers(on: "window").allSatisfy { $0.matches(value: window.length.text) }
                }
            }
        }
        guard let step = windows.map(\.step).min(), hold < step else { return nil }
        return
            "for: \(hold.text) is shorter than the step \(step.text) of the windows, so that a single window fires it"
    }
}

package import Monitoring
import Query

extension AlertBook {
    /// Takes the result of one rule at a slot and answers what changed, in the order of the alerts' labels.
    ///
    /// Linear in the elements and the rule's alerts; a vanished alert costs its sources on top.
    package mutating func apply(_ evaluation: RuleEvaluation, at slot: Time) -> [AlertTransition] {
        guard let rule = rules[evaluation.rule] else { return [] }
        switch evaluation.outcome {
        case .recorded: return []
        case .failed(let message): return fail(rule, message, at: slot)
        case .alerts(let elements):
            var transitions: [AlertTransition] = []
            var seen: Set<Labels> = []
            for element in elements where seen.insert(element.labels).inserted {
                if let transition = confirm(element, of: rule, at: slot) { transitions.append(transition) }
            }
            var presence = SamplePresence(evaluation.samples, selectors: rule.expression.selectors)
            for alert in alerts(of: rule.key) where !seen.contains(alert.labels) {
                if let transition = deny(alert, rule, &presence, at: slot) { transitions.append(transition) }
            }
            return transitions.sorted { $0.alert.labels < $1.alert.labels }
        }
    }

    /// A failed evaluation leaves every verdict as it is.
    private mutating func fail(_ rule: Rule, _ message: String, at slot: Time) -> [AlertTransition] {
        var transitions: [AlertTransition] = []
        for var alert in alerts(of: rule.key) {
            alert.lastEvaluated = slot
            let reason = TransitionReason.evaluationFailed(message)
            let isNew = alert.health != .error
            let transition = setHealth(.error, of: alert, at: slot, reason)
            if isNew { transitions.append(transition) }
        }
        return transitions
    }

    /// The condition is true.
    private mutating func confirm(_ element: ActiveElement, of rule: Rule, at slot: Time) -> AlertTransition? {
        let previous = states[rule.key]?[element.labels]
        var alert =
            previous
            ?? Alert(
                rule: rule.key, labels: element.labels, annotations: element.annotations, verdict: .pending,
                activeAt: slot, value: element.value, sources: element.sources, lastEvaluated: slot)
        alert.annotations = element.annotations
        alert.value = element.value
        alert.sources = element.sources
        alert.lastEvaluated = slot
        alert.keepFiringSince = nil
        alert.health = .ok
        alert.healthReason = ""
        if alert.verdict == .pending, slot - alert.activeAt >= rule.holdDuration {
            alert.verdict = .firing
            alert.firedAt = slot
        }
        store(alert)
        guard previous?.verdict != alert.verdict || previous?.health != alert.health else { return nil }
        return AlertTransition(
            alert: alert, previousVerdict: previous?.verdict ?? .inactive, previousHealth: previous?.health ?? .ok,
            slot: slot, reason: Self.reason(previous, alert, rule))
    }

    private static func reason(_ previous: Alert?, _ alert: Alert, _ rule: Rule) -> TransitionReason {
        guard let previous else { return .conditionTrue }
        if previous.verdict != alert.verdict { return .held(rule.holdDuration) }
        return recovery(from: previous.health)
    }

    private static func recovery(from health: AlertHealth) -> TransitionReason {
        health == .error ? .evaluationRecovered : .samplesReturned
    }

    /// The condition is not true: false, or not to be known.
    private mutating func deny(
        _ previous: Alert, _ rule: Rule, _ presence: inout SamplePresence, at slot: Time
    ) -> AlertTransition? {
        var alert = previous
        alert.lastEvaluated = slot
        if keepsThroughGaps, let missing = presence.firstMissing(of: alert.sources) {
            let transition = setHealth(.noData, of: alert, at: slot, .sampleMissing(missing))
            return previous.health == .noData ? nil : transition
        }
        if alert.verdict == .firing, rule.keepFiringFor > .zero {
            let since = alert.keepFiringSince ?? slot
            alert.keepFiringSince = since
            if slot - since < rule.keepFiringFor {
                guard alert.health != .ok else {
                    store(alert)
                    return nil
                }
                return setHealth(.ok, of: alert, at: slot, Self.recovery(from: alert.health))
            }
        }
        states[rule.key]?[alert.labels] = nil
        let isKept = alert.verdict == .firing && rule.keepFiringFor > .zero
        return Self.end(alert, at: slot, isKept ? .keptFiring(rule.keepFiringFor) : .conditionFalse)
    }
}

package import Monitoring
import Query

/// The alerts of one rule group for one model: a state machine without clock, fed one evaluation at a time.
///
/// Verdicts follow Prometheus: pending for `for`, firing, kept firing for `keep_firing_for`. What differs, unless
/// ``keepsThroughGaps`` is off: an alert keeps its verdict while the rule fails or while a series that contributed to
/// it has no sample; its health says so, and it is resolved only when all of them have samples and the condition is
/// false.
package struct AlertBook: Sendable {
    /// Whether missing samples keep an alert (as served) or resolve it (as in Prometheus, for rule tests).
    package let keepsThroughGaps: Bool
    /// The alerting rules by their keys.
    private(set) var rules: [String: Rule]
    /// The alerts of every rule.
    var states: [String: [Labels: Alert]] = [:]

    /// A book of a group's alerting rules, with the alerts that were saved before.
    ///
    /// Alerts of rules that are no longer in the group stay as they are until ``replaceRules(_:at:)`` resolves them.
    package init(rules: [Rule], alerts: [Alert] = [], keepsThroughGaps: Bool = true) {
        self.keepsThroughGaps = keepsThroughGaps
        self.rules = Self.byKey(rules)
        for alert in alerts where alert.verdict.isActive {
            states[alert.rule, default: [:]][alert.labels] = alert
        }
    }

    private static func byKey(_ rules: [Rule]) -> [String: Rule] {
        Dictionary(rules.filter { $0.kind == .alert }.map { ($0.key, $0) }) { first, _ in first }
    }

    /// All pending and firing alerts, in the order of their labels.
    package var alerts: [Alert] {
        states.values.flatMap(\.values).sorted { ($0.labels, $0.rule) < ($1.labels, $1.rule) }
    }

    /// The pending and firing alerts of one rule, in the order of their labels.
    package func alerts(of rule: String) -> [Alert] {
        (states[rule] ?? [:]).values.sorted { $0.labels < $1.labels }
    }

    /// The earliest instant at which `for` or `keep_firing_for` can change something although no input does.
    package var nextTimer: Time? {
        var earliest: Time?
        for alert in states.values.flatMap(\.values) where alert.health == .ok {
            guard let rule = rules[alert.rule], let timer = Self.timer(of: alert, rule) else { continue }
            earliest = min(earliest ?? timer, timer)
        }
        return earliest
    }

    private static func timer(of alert: Alert, _ rule: Rule) -> Time? {
        if alert.verdict == .pending { return alert.activeAt + rule.holdDuration }
        return alert.keepFiringSince.map { $0 + rule.keepFiringFor }
    }

    /// Takes a reload, or the rules after a restart: alerts of rules that are gone are resolved, all others go on.
    package mutating func replaceRules(_ newRules: [Rule], at slot: Time) -> [AlertTransition] {
        let kept = Self.byKey(newRules)
        var transitions: [AlertTransition] = []
        for (key, alerts) in states where kept[key] == nil {
            for alert in alerts.values { transitions.append(Self.end(alert, at: slot, .ruleRemoved)) }
            states[key] = nil
        }
        rules = kept
        return transitions.sorted { $0.alert.labels < $1.alert.labels }
    }

    /// Marks the health of all alerts, for reasons that no rule sees, such as event time that stopped.
    package mutating func mark(_ health: AlertHealth, because reason: String, at slot: Time) -> [AlertTransition] {
        var transitions: [AlertTransition] = []
        for key in states.keys.sorted() {
            for alert in alerts(of: key) where alert.health != health {
                transitions.append(setHealth(health, of: alert, at: slot, .marked(reason)))
            }
        }
        return transitions
    }

    // MARK: Changes of one alert

    /// Stores an alert with another health and tells of it.
    mutating func setHealth(
        _ health: AlertHealth, of alert: Alert, at slot: Time, _ reason: TransitionReason
    ) -> AlertTransition {
        var changed = alert
        changed.health = health
        changed.healthReason = health == .ok ? "" : reason.description
        store(changed)
        return AlertTransition(
            alert: changed, previousVerdict: alert.verdict, previousHealth: alert.health, slot: slot, reason: reason)
    }

    mutating func store(_ alert: Alert) {
        states[alert.rule, default: [:]][alert.labels] = alert
    }

    /// The end of an alert: resolved if it fired, else it never was.
    static func end(_ alert: Alert, at slot: Time, _ reason: TransitionReason) -> AlertTransition {
        var ended = alert
        ended.verdict = alert.verdict == .firing ? .resolved : .inactive
        ended.resolvedAt = alert.verdict == .firing ? slot : nil
        ended.health = .ok
        ended.healthReason = ""
        return AlertTransition(
            alert: ended, previousVerdict: alert.verdict, previousHealth: alert.health, slot: slot, reason: reason)
    }
}

extension AlertVerdict {
    /// Whether an alert of this verdict is kept.
    var isActive: Bool { self == .pending || self == .firing }
}

package import Monitoring
package import Query

/// One rule and one label set, with a state. A plain value that is stored and loaded whole.
package struct Alert: Hashable, Sendable {
    /// The ``Rule/key`` of its rule.
    package let rule: String
    /// Its final labels, `alertname` included: its identity.
    package let labels: Labels
    /// The hash of the labels.
    package let fingerprint: Fingerprint
    /// Its annotations in the order of their names, with templates filled in.
    package var annotations: [Label]
    /// What the condition says.
    package var verdict: AlertVerdict
    /// Whether that can be trusted.
    package var health: AlertHealth
    /// Why the health is not ok, empty where it is.
    package var healthReason: String
    /// The slot at which the condition became true.
    package var activeAt: Time
    /// The slot at which it fired.
    package var firedAt: Time?
    /// The slot at which it was resolved.
    package var resolvedAt: Time?
    /// The first slot at which the condition was false again while `keep_firing_for` holds the alert.
    package var keepFiringSince: Time?
    /// The value of the expression when the condition was last true.
    package var value: Double
    /// The samples of which the condition was last made when it was true.
    package var sources: SampleSources
    /// The slot of the last evaluation, failed ones included.
    package var lastEvaluated: Time

    /// An alert of these parts, as it is loaded from where it was saved.
    package init(
        rule: String, labels: Labels, annotations: [Label], verdict: AlertVerdict, health: AlertHealth = .ok,
        healthReason: String = "", activeAt: Time, firedAt: Time? = nil, resolvedAt: Time? = nil,
        keepFiringSince: Time? = nil, value: Double, sources: SampleSources, lastEvaluated: Time
    ) {
        self.rule = rule
        self.labels = labels
        fingerprint = Fingerprint(labels)
        self.annotations = annotations
        self.verdict = verdict
        self.health = health
        self.healthReason = healthReason
        self.activeAt = activeAt
        self.firedAt = firedAt
        self.resolvedAt = resolvedAt
        self.keepFiringSince = keepFiringSince
        self.value = value
        self.sources = sources
        self.lastEvaluated = lastEvaluated
    }

    /// The name of the alert, its label `alertname`.
    package var name: String { labels["alertname"] }
}

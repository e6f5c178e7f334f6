package import Monitoring
package import Query

/// One alert as people are told of it: firing since, or resolved at.
package struct NotifiedAlert: Hashable, Sendable {
    /// The hash of the labels: the alert's identity.
    package let fingerprint: Fingerprint
    /// All labels, `alertname` among them.
    package let labels: Labels
    /// Texts for people, in the order of their names.
    package let annotations: [Label]
    /// The event time from which on it fires.
    package let startsAt: Time
    /// The event time at which it resolved; nil while it fires.
    package let endsAt: Time?
    /// Where its rule can be seen; empty where nowhere.
    package let generatorURL: String

    /// An alert with all its parts; the fingerprint is made of the labels.
    package init(labels: Labels, annotations: [Label], startsAt: Time, endsAt: Time?, generatorURL: String = "") {
        fingerprint = Fingerprint(labels)
        self.labels = labels
        self.annotations = annotations
        self.startsAt = startsAt
        self.endsAt = endsAt
        self.generatorURL = generatorURL
    }

    /// An alert that fires or has resolved, or nil for one that is neither and that nobody is told of.
    package init?(_ alert: Alert, generatorURL: String = "") {
        guard let firedAt = alert.firedAt else { return nil }
        switch alert.verdict {
        case .inactive, .pending: return nil
        case .firing:
            self.init(
                labels: alert.labels, annotations: alert.annotations, startsAt: firedAt, endsAt: nil,
                generatorURL: generatorURL)
        case .resolved:
            self.init(
                labels: alert.labels, annotations: alert.annotations, startsAt: firedAt,
                endsAt: alert.resolvedAt ?? alert.lastEvaluated, generatorURL: generatorURL)
        }
    }

    /// The same with a sketch of the bins of its feature, as an annotation; a rule's own annotation of that name stays.
    package func with(bins: String) -> Self {
        guard !annotations.contains(where: { $0.name == Self.binsAnnotation }) else { return self }
        let all = (annotations + [Label(name: Self.binsAnnotation, value: bins)])
            .sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
        return Self(
            labels: labels, annotations: all, startsAt: startsAt, endsAt: endsAt, generatorURL: generatorURL)
    }

    /// The annotation that holds a sketch of a feature's bins in reference and window.
    package static let binsAnnotation = "bins"

    /// Whether it has resolved.
    package var isResolved: Bool { endsAt != nil }
}

extension NotifiedAlert {
    /// Alertmanager's order within a notification: `job`, then `instance`, then fewer labels first, then label by label.
    func precedes(_ other: Self) -> Bool {
        for name in ["job", "instance"] {
            let (mine, others) = (labels[name], other.labels[name])
            if mine.utf8.elementsEqual(others.utf8) { continue }
            if mine.isEmpty || others.isEmpty { return others.isEmpty }
            return mine.utf8.lexicographicallyPrecedes(others.utf8)
        }
        guard labels.pairs.count == other.labels.pairs.count else {
            return labels.pairs.count < other.labels.pairs.count
        }
        for (mine, others) in zip(labels.pairs, other.labels.pairs) where mine != others {
            // The smaller name is missing in the other set, and the set without it comes first in Alertmanager.
            guard mine.name.utf8.elementsEqual(others.name.utf8) else { return others < mine }
            return mine < others
        }
        return false
    }
}

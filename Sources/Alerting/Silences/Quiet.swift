package import Monitoring
package import Query

/// Everything that can keep alerts from being told at one moment: silences, inhibition and mute times.
package struct Quiet: Sendable {
    private let silences: [Silence]
    private let rules: [InhibitRule]
    private let firing: [Labels]
    private let times: MuteTimes

    /// What is in force.
    ///
    /// - Parameters:
    ///   - silences: All silences that have not expired.
    ///   - rules: The inhibition rules.
    ///   - firing: The labels of the alerts that fire.
    ///   - times: The mute times of the group's route.
    package init(
        silences: [Silence] = [], rules: [InhibitRule] = [], firing: [Labels] = [], times: MuteTimes = .none
    ) {
        self.silences = silences
        self.rules = rules
        self.firing = firing
        self.times = times
    }

    /// Nothing keeps anybody quiet.
    package static let none = Self()

    /// Why an alert is not told at a time; nil where it is.
    package func suppression(of labels: Labels, at time: Time) -> Suppression? {
        for rule in rules {
            if let source = rule.source(inhibiting: labels, among: firing) { return .inhibited(by: source) }
        }
        if let names = times.muting(at: time) { return .muted(names) }
        let ids = silences.filter { $0.state(at: time) == .active && $0.matches(labels) }.map(\.id)
        return ids.isEmpty ? nil : .silenced(ids)
    }

    /// The next time at which what is suppressed now may be told, as far as the clock decides it.
    package func end(for alerts: [Labels], after time: Time) -> Time? {
        var ends = silences.filter { silence in
            silence.state(at: time) == .active && alerts.contains { silence.matches($0) }
        }.map(\.endsAt)
        if times.muting(at: time) != nil, let end = times.end(after: time) { ends.append(end) }
        return ends.min()
    }
}

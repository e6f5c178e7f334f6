package import Monitoring
package import Query
internal import Statistics

/// When a model is to be trained anew, and who is asked.
package struct RetrainingPolicy: Hashable, Sendable {
    /// The policy's name.
    package let name: String
    /// The model that it is for.
    package let model: String
    /// What an alert's labels must fulfil to ask for a new model.
    package let matchers: [LabelMatcher]
    /// The least event time between two starts.
    package let cooldown: PrometheusDuration
    /// Whether a replay of the past asks for a new model as well.
    package let startsOnReplay: Bool
    /// The wall-clock time after which a run that was not reported as finished counts as lost.
    package let timeout: PrometheusDuration
    /// Who is asked.
    package let launcher: LauncherSettings

    /// The default cooldown and timeout, 24 h.
    package static let standardCooldown = PrometheusDuration(microseconds: 86_400_000_000)

    /// A policy with all its parts.
    package init(
        name: String, model: String, matchers: [LabelMatcher], cooldown: PrometheusDuration = Self.standardCooldown,
        startsOnReplay: Bool = false, timeout: PrometheusDuration = Self.standardCooldown, launcher: LauncherSettings
    ) {
        self.name = name
        self.model = model
        self.matchers = matchers
        self.cooldown = cooldown
        self.startsOnReplay = startsOnReplay
        self.timeout = timeout
        self.launcher = launcher
    }

    /// The name of the policy's deliveries.
    package var destination: Destination { Destination(name: name, channel: "launcher") }

    /// What must stay in order among itself: the requests of this policy.
    package var stream: String { "\(name)/launcher:\(model)" }

    /// Whether an alert with these labels asks for a new model.
    package func isAsked(by labels: Labels) -> Bool {
        ByteText(labels["model"]) == ByteText(model) && matchers.allSatisfy { $0.matches(labels) }
    }

    /// What comes of alerts that fire, at the event time `now` of their slot.
    ///
    /// Silences do not count here: they hush people, not machines. A decision that is held back is worth asking for again at its
    /// `until`, if the alerts still fire then.
    ///
    /// - Parameters:
    ///   - firing: Alerts that fired at this slot, or still fire; those that do not ask for a new model are passed over.
    ///   - past: The runs so far of this model.
    ///   - now: The event time of the slot.
    ///   - replayed: Whether the model is not live.
    /// - Returns: What is to be done, with the alerts that asked for it.
    package func decide(
        firing: [NotifiedAlert], past: RetrainingPast, now: Time, replayed: Bool
    ) -> RetrainingDecision {
        let reasons = firing.filter { !$0.isResolved && isAsked(by: $0.labels) }
        guard !reasons.isEmpty else { return .notAsked }
        let isRecorded = replayed && !startsOnReplay
        if !isRecorded, let run = past.openRun { return .held(.openRun(run), until: nil) }
        let last = isRecorded ? [past.lastStart, past.lastRecord].compactMap { $0 }.max() : past.lastStart
        if let last, now < last + cooldown { return .held(.cooldown(since: last), until: last + cooldown) }
        return isRecorded ? .recorded(reasons) : .start(reasons)
    }
}

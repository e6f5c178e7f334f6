package import Monitoring

/// A retraining that was asked for, followed to its end.
package struct RetrainingRun: Hashable, Sendable {
    /// `rt_` and a ULID.
    package let id: String
    /// The name of the policy.
    package let policy: String
    /// The model.
    package let model: String
    /// The event time of the decision.
    package let eventTime: Time
    /// Whether the decision came from a replay.
    package let replayed: Bool
    /// The alerts that asked for it; none where it was started by hand.
    package let reasons: [NotifiedAlert]
    /// The stretch of event time whose data the alerts were about, where it is known.
    package let window: RetrainingWindow?
    /// The wall-clock time at which it was asked for.
    package let requestedAt: Time
    /// The wall-clock time after which it counts as lost.
    package let deadline: Time
    /// How far it has come.
    package private(set) var state: RetrainingState
    /// The wall-clock time of the last change of state.
    package private(set) var changedAt: Time
    /// The version of the new model, where it was reported.
    package private(set) var modelVersion: String?
    /// The reported figures as JSON text.
    package private(set) var metrics: String?
    /// Why it failed, where we know.
    package private(set) var detail: String?

    /// A run that starts now: asked for, or only recorded.
    package init(
        id: String, policy: RetrainingPolicy, eventTime: Time, replayed: Bool, reasons: [NotifiedAlert],
        window: RetrainingWindow?, requestedAt: Time, state: RetrainingState = .requested
    ) {
        self.init(
            id: id, policy: policy.name, model: policy.model, eventTime: eventTime, replayed: replayed,
            reasons: reasons, window: window, requestedAt: requestedAt, deadline: requestedAt + policy.timeout,
            state: state, changedAt: requestedAt)
    }

    /// A run as it is loaded from where it was saved.
    package init(
        id: String, policy: String, model: String, eventTime: Time, replayed: Bool, reasons: [NotifiedAlert],
        window: RetrainingWindow?, requestedAt: Time, deadline: Time, state: RetrainingState, changedAt: Time,
        modelVersion: String? = nil, metrics: String? = nil, detail: String? = nil
    ) {
        self.id = id
        self.policy = policy
        self.model = model
        self.eventTime = eventTime
        self.replayed = replayed
        self.reasons = reasons
        self.window = window
        self.requestedAt = requestedAt
        self.deadline = deadline
        self.state = state
        self.changedAt = changedAt
        self.modelVersion = modelVersion
        self.metrics = metrics
        self.detail = detail
    }

    /// Takes in a call-back and says whether it changed anything.
    ///
    /// Call-backs may come twice, late and in any order. A run never goes back, and the first of `succeeded` and `failed` stays;
    /// a job that was given up on may still say how it ended.
    package mutating func take(_ report: RetrainingReport, at time: Time) -> RetrainingChange {
        switch (state, report.state) {
        case (.recorded, _): return .refused("the run was recorded in a replay and never asked for")
        case (.requested, .running): state = .running
        case (.requested, .succeeded), (.running, .succeeded), (.timedOut, .succeeded): state = .succeeded
        case (.requested, .failed), (.running, .failed), (.timedOut, .failed): state = .failed
        case (.running, .running), (.succeeded, .succeeded), (.failed, .failed): return .unchanged
        case (.succeeded, .running), (.failed, .running), (.timedOut, .running): return .unchanged
        case (.succeeded, .failed), (.failed, .succeeded):
            return .refused("the run has already \(state.rawValue)")
        }
        changedAt = time
        modelVersion = report.modelVersion ?? modelVersion
        metrics = report.metrics ?? metrics
        return .changed
    }

    /// Gives the run up if it is open and past its deadline.
    package mutating func expire(at time: Time) -> RetrainingChange {
        guard state.isOpen, deadline <= time else { return .unchanged }
        state = .timedOut
        changedAt = time
        detail = "not reported as finished in time"
        return .changed
    }

    /// Ends a run that could not be asked for.
    package mutating func abandon(because reason: String, at time: Time) -> RetrainingChange {
        guard state == .requested else { return .unchanged }
        state = .failed
        changedAt = time
        detail = "could not be asked for: \(reason)"
        return .changed
    }
}

package import Monitoring
package import Query

/// A person's order to be quiet about some alerts, from one event time to another.
package struct Silence: Hashable, Sendable {
    /// How far a silence has come.
    package enum State: String, Sendable {
        case pending
        case active
        case expired
    }

    /// A UUID.
    package let id: String
    /// What an alert's labels must fulfil; at least one of them does not match the empty text.
    package let matchers: [LabelMatcher]
    /// From when on it holds.
    package let startsAt: Time
    /// The first instant at which it no longer holds.
    package let endsAt: Time
    /// Who asked for it.
    package let createdBy: String
    /// Why.
    package let comment: String
    /// The wall-clock time of its last change.
    package let updatedAt: Time

    /// A silence of these parts.
    package init(
        id: String, matchers: [LabelMatcher], startsAt: Time, endsAt: Time, createdBy: String, comment: String,
        updatedAt: Time
    ) {
        self.id = id
        self.matchers = matchers
        self.startsAt = startsAt
        self.endsAt = endsAt
        self.createdBy = createdBy
        self.comment = comment
        self.updatedAt = updatedAt
    }

    /// Whether it holds at a time, will, or did.
    package func state(at time: Time) -> State {
        time < startsAt ? .pending : time < endsAt ? .active : .expired
    }

    /// The silence with an end at a time; one that has not begun never holds.
    package func ended(at time: Time, changedAt: Time) -> Self {
        Self(
            id: id, matchers: matchers, startsAt: min(startsAt, time), endsAt: time, createdBy: createdBy,
            comment: comment, updatedAt: changedAt)
    }

    /// Whether it is about an alert with these labels.
    package func matches(_ labels: Labels) -> Bool {
        matchers.allSatisfy { $0.matches(labels) }
    }
}

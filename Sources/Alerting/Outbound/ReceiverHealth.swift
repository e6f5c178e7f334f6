package import Monitoring

/// How a receiver that fails has been doing; a receiver whose last attempt worked has none.
///
/// After ``leastFailures`` failures in a row over at least ``patience`` the receiver is paused: nothing is sent to it but one delivery
/// every ``probeInterval``. When one of these works, everything that waits is due at once, in order. A receiver that
/// says that it is gone is paused at the first time, and asked again every ``goneInterval``. Times are of the wall clock.
package struct ReceiverHealth: Hashable, Sendable {
    /// How many attempts failed since the last one that worked.
    package let failures: Int
    /// When the first of them failed.
    package let failingSince: Time
    /// Since when the receiver is paused; nil while it is not.
    package let pausedAt: Time?
    /// When the next delivery is tried on a paused receiver.
    package let probeAt: Time?
    /// Why the last attempt failed.
    package let lastError: String?

    /// How many failures in a row pause a receiver.
    package static let leastFailures = 5
    /// For how long they must have been going on.
    package static let patience = PrometheusDuration(microseconds: 900_000_000)
    /// How long it is between two probes.
    package static let probeInterval = PrometheusDuration(microseconds: 300_000_000)

    /// How long it is between two probes of a receiver that said that it is gone.
    package static let goneInterval = PrometheusDuration(microseconds: 3_600_000_000)

    /// The health as it was stored.
    package init(failures: Int, failingSince: Time, pausedAt: Time?, probeAt: Time?, lastError: String?) {
        self.failures = failures
        self.failingSince = failingSince
        self.pausedAt = pausedAt
        self.probeAt = probeAt
        self.lastError = lastError
    }

    /// The health after one more failure at a time.
    package static func afterFailure(
        _ before: Self?, reason: String, at now: Time, isGone: Bool = false
    ) -> Self {
        let failures = (before?.failures ?? 0) + 1
        let since = before?.failingSince ?? now
        let isPaused = isGone || before?.pausedAt != nil || (failures >= leastFailures && now - since >= patience)
        return Self(
            failures: failures, failingSince: since, pausedAt: isPaused ? before?.pausedAt ?? now : nil,
            probeAt: isPaused ? now + (isGone ? goneInterval : probeInterval) : nil, lastError: reason)
    }
}

extension DeliveryOutcome {
    /// What an attempt says about its receiver: that it works, that it fails and why, or nothing.
    package enum Evidence: Hashable, Sendable {
        case works
        case fails(String)
        /// It says that it will not come back.
        case gone(String)
        case none
    }

    /// What the attempt says about its receiver.
    ///
    /// A receiver that refuses a message or asks for patience is there; one that redirects, does not answer or breaks is not.
    package var evidence: Evidence {
        switch self {
        case .delivered: .works
        case .retry(429, _, _), .dead, .paused: .none
        case .retry(410, let reason, _): .gone(reason)
        case .retry(_, let reason, _): .fails(reason)
        }
    }
}

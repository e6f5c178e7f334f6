package import Monitoring

/// Why a retraining is held back.
package enum RetrainingObstacle: Hashable, Sendable, CustomStringConvertible {
    /// A run of the model, with this id, is not finished.
    case openRun(String)
    /// The policy's last start, at this event time, is too recent.
    case cooldown(since: Time)

    /// The word for it in stored histories.
    package var word: String {
        switch self {
        case .openRun: "open_run"
        case .cooldown: "cooldown"
        }
    }

    /// A sentence without a full stop.
    package var description: String {
        switch self {
        case .openRun(let id): "run \(id) is not finished"
        case .cooldown(let start): "the cooldown since \(start.rfc3339) is not over"
        }
    }
}

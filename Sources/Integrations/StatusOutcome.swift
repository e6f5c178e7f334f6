package import Alerting
internal import Monitoring

/// What an answer's status means for its delivery, the same for every channel that speaks plain HTTP.
///
/// 2xx is delivered. 408, 425, 429 and 5xx may pass and are tried again, and so are 3xx: redirections are not followed, since they
/// could lead where nobody allowed, but often mean a receiver in maintenance. 410 says that the receiver
/// is gone: it is paused at once, and what waits for it waits. Everything else is definite: the request itself is wrong, and sending
/// it again would not help.
package enum StatusOutcome {
    /// The outcome of an answer.
    package static func outcome(of response: OutboundResponse) -> DeliveryOutcome {
        let status = response.status
        let wish = response.retryAfter.flatMap { RetryAfter.delay($0, now: response.receivedAt) }
        switch status {
        case 200...299: return .delivered(status: status)
        case 408, 425, 429, 500...599: return .retry(status: status, reason: "status \(status)", after: wish)
        case 300...399:
            return .retry(status: status, reason: "status \(status); redirections are not followed", after: wish)
        case 410: return .retry(status: status, reason: "status 410: the receiver says that it is gone", after: wish)
        default: return .dead(status: status, reason: "status \(status)")
        }
    }
}

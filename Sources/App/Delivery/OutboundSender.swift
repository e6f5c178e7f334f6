package import Addresses
package import Alerting
import Monitoring

/// Sends one message and waits for its answer: libcurl in the service, a script in tests of retry timelines.
package protocol OutboundSender: Sendable {
    /// The answer, or why there is none.
    func send(_ message: OutboundMessage, policy: AddressPolicy) async -> Result<OutboundResponse, OutboundFailure>
}

/// Why a request has no answer; names no more than the host.
package struct OutboundFailure: Error, Sendable, Equatable {
    /// A sentence without a full stop.
    package let reason: String
    /// Whether the address is forbidden, which another try will not change.
    package let isRefused: Bool

    package init(reason: String, isRefused: Bool = false) {
        self.reason = reason
        self.isRefused = isRefused
    }
}

package import Alerting
import Curl
package import Monitoring
import ServiceLifecycle

/// Requests through libcurl, to addresses that the settings allow.
package struct CurlSender: OutboundSender, Service {
    private let sender: HTTPSender
    private let now: @Sendable () -> Time

    package init(now: @escaping @Sendable () -> Time) throws {
        sender = try HTTPSender(limit: 256)
        self.now = now
    }

    package func send(
        _ request: OutboundRequest, policy: OutgoingPolicy
    ) async -> Result<OutboundResponse, OutboundFailure> {
        let outgoing = HTTPRequest(
            method: request.method, url: request.url.revealed,
            headers: request.headers.map { HTTPRequest.Header($0.name, $0.value) }, body: request.body,
            timeout: .microseconds(request.timeout.microseconds))
        do throws(TransportError) {
            let response = try await sender.send(outgoing, policy: try Self.addresses(policy, request.url))
            return .success(
                OutboundResponse(
                    status: response.status, retryAfter: response.header("Retry-After"), body: response.body,
                    receivedAt: now()))
        } catch {
            return .failure(OutboundFailure(reason: "\(error)", isRefused: error.kind == .addressRefused))
        }
    }

    private static func addresses(_ policy: OutgoingPolicy, _ url: WebhookURL) throws(TransportError) -> AddressPolicy {
        do {
            return try AddressPolicy(allowing: policy.allowedRanges.map(\.text) + policy.allowedHosts)
        } catch {
            preconditionFailure("an allow list was checked when the settings were read")
        }
    }

    /// Waits for shutdown and ends the thread that sends.
    package func run() async throws {
        try await gracefulShutdown()
        await sender.close()
    }
}

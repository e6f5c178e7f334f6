package import Addresses
package import Alerting
import Curl
package import Monitoring
import ServiceLifecycle

/// Requests and e-mails through libcurl, to addresses that the settings allow.
package struct CurlSender: OutboundSender, Service {
    private let sender: HTTPSender
    /// Apart, because libcurl waits on its thread for mail servers to say good-bye.
    private let mailer: HTTPSender
    private let now: @Sendable () -> Time

    package init(now: @escaping @Sendable () -> Time) throws {
        sender = try HTTPSender(limit: 256)
        mailer = try HTTPSender(limit: 256)
        self.now = now
    }

    package func send(
        _ message: OutboundMessage, policy: AddressPolicy
    ) async -> Result<OutboundResponse, OutboundFailure> {
        do throws(TransportError) {
            let response =
                switch message {
                case .http(let request): try await sender.send(Self.request(request), policy: policy)
                case .mail(let mail): try await mailer.send(Self.request(mail), policy: policy)
                }
            return .success(
                OutboundResponse(
                    status: response.status, retryAfter: response.header("Retry-After"), body: response.body,
                    receivedAt: now()))
        } catch {
            let isRefused = error.kind == .addressRefused
            let advice = isRefused ? ": it is not public, and nothing under `outgoing` names it" : ""
            return .failure(OutboundFailure(reason: "\(error)\(advice)", isRefused: isRefused))
        }
    }

    private static func request(_ request: OutboundRequest) -> HTTPRequest {
        HTTPRequest(
            method: request.method, url: request.url.revealed,
            headers: request.headers.map { HTTPRequest.Header($0.name, $0.value) }, body: request.body,
            timeout: .microseconds(request.timeout.microseconds), security: security(request.security),
            proxy: request.proxy?.revealed)
    }

    private static func request(_ mail: OutboundMail) -> MailRequest {
        let protection: MailRequest.Protection =
            switch mail.server.protection {
            case .implicit: .implicit
            case .upgraded: .upgraded
            case .none: .none
            }
        return MailRequest(
            host: mail.server.host, port: mail.server.port, protection: protection, hello: mail.hello,
            user: mail.credentials?.name, password: mail.credentials?.password.revealed, sender: mail.sender,
            recipients: mail.recipients, message: mail.message, timeout: .microseconds(mail.timeout.microseconds),
            security: security(mail.security))
    }

    private static func security(_ security: OutboundSecurity) -> HTTPRequest.Security {
        HTTPRequest.Security(
            authorities: security.authorities, certificate: security.certificate, key: security.key,
            serverName: security.serverName)
    }

    /// Waits for shutdown and ends the threads that send.
    package func run() async throws {
        try await gracefulShutdown()
        await sender.close()
        await mailer.close()
    }
}

import App
import HTTPTypes
import Hummingbird
import Integrations
import JSON
import Logging

/// Serves HTTP for a receiver, every path alike.
struct WebhookServer {
    let address: ListenAddress
    let receiver: Receiver
    let console: Console
    /// Whether standard output is for bodies alone.
    let isRaw: Bool

    /// The longest body that is read, in bytes.
    private static let longestBody = 16 << 20

    /// Serves until the process is told to end.
    func run() async throws {
        let responder = CallbackResponder { (request: Request, _: BasicRequestContext) in
            try await answer(request)
        }
        var logger = Logger(label: "driftline.listen")
        logger.logLevel = .critical
        let application = Hummingbird.Application(
            responder: responder,
            configuration: ApplicationConfiguration(
                address: .hostname(address.host, port: address.port), serverName: "driftline-listen"),
            onServerRunning: { [console, address, isRaw] _ in
                let greeting = "listening on http://\(address)/ , any path; end with Ctrl-C"
                if isRaw { console.note(greeting) } else { console.line(greeting) }
            }, logger: logger)
        do { try await application.runService() } catch is CancellationError { return } catch {
            throw CommandFailure("cannot listen on \(address): is the port taken? (\(PlainText.line("\(error)")))")
        }
    }

    private func answer(_ request: Request) async throws -> Response {
        guard request.method == .post || request.method == .put else {
            return Response(status: .methodNotAllowed, headers: [.allow: "POST"])
        }
        var request = request
        let buffer = try await request.collectBody(upTo: Self.longestBody)
        let body = Array(buffer.readableBytesView)
        let id = Self.header("webhook-id", of: request)
        var signature: WebhookSignature?
        if let id, let timestamp = Self.header("webhook-timestamp", of: request) {
            signature = WebhookSignature(
                id: id, timestamp: timestamp, signature: Self.header("webhook-signature", of: request))
        }
        let status = await receiver.take(body, id: id, signature: signature)
        return Response(status: .init(code: status))
    }

    private static func header(_ name: String, of request: Request) -> String? {
        HTTPField.Name(name).flatMap { request.headers[$0] }
    }
}

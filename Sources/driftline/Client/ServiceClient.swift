import Addresses
import Curl
import JSON

/// Calls a running service, again and again where it does not answer or asks to wait.
struct ServiceClient: Sendable {
    private let base: String
    private let key: String?
    private let sender: HTTPSender
    private let policy: AddressPolicy
    private let patience: Duration
    private let console: Console

    /// The most that is read of one answer, in bytes.
    private static let longestAnswer = 64 << 20

    /// A client of the service at an address such as `http://127.0.0.1:8080`.
    ///
    /// The key goes along as a bearer token; a call is repeated for as long as patience lasts.
    init(base: String, key: String?, patience: Duration, console: Console) throws {
        let trimmed = base.hasSuffix("/") ? String(base.dropLast()) : base
        self.base = trimmed
        self.key = key
        self.patience = patience
        self.console = console
        do {
            let url = try HTTPURL(trimmed)
            // The address was given by hand, so that it may be any, also one inside the network.
            policy = AddressPolicy(ranges: [], hosts: [url.host])
            sender = try HTTPSender()
        } catch {
            throw CommandFailure("--url \(PlainText.line(base)): \(error)")
        }
    }

    /// Ends the connections.
    func close() async {
        await sender.close()
    }

    /// Sends a call until it is answered for good.
    ///
    /// No connection, 429, 500 and 502 to 504 are tried again with growing pauses, for as long as the client's patience lasts or
    /// another one that is given; any other status is an answer.
    func answer(to call: ServiceCall, patience: Duration? = nil) async throws -> ServiceAnswer {
        var waiting = RetryPause(patience: patience ?? self.patience)
        while true {
            switch try await attempt(call) {
            case .answered(let answer): return answer
            case .wait(let reason, let asked):
                guard let pause = waiting.next(atLeast: asked) else {
                    throw CommandFailure("\(base): \(reason); gave up after \(waiting.patience.forPeople)")
                }
                if waiting.isWorthSaying {
                    console.note("\(base): \(reason); trying again for up to \(waiting.patience.forPeople)")
                }
                try await Task.sleep(for: pause)
            }
        }
    }

    /// Sends a call and takes nothing but success for an answer.
    func success(of call: ServiceCall, patience: Duration? = nil) async throws -> JSONNode {
        let answer = try await answer(to: call, patience: patience)
        guard answer.isSuccess else { throw Self.refusal(of: call, answer) }
        return answer.document
    }

    /// The failure that a refused call ends in.
    static func refusal(of call: ServiceCall, _ answer: ServiceAnswer) -> CommandFailure {
        let path = call.target.prefix { $0 != "?" }
        let hint = [401, 403].contains(answer.status) ? "; give a key that may do this with --key" : ""
        return CommandFailure("\(call.method) \(path) was refused with \(answer.status): \(answer.reason)\(hint)")
    }

    private enum Attempt {
        case answered(ServiceAnswer)
        case wait(String, asked: Duration)
    }

    private func attempt(_ call: ServiceCall) async throws -> Attempt {
        var headers = [HTTPRequest.Header("Accept", "application/json")]
        if !call.body.isEmpty { headers.append(HTTPRequest.Header("Content-Type", call.contentType)) }
        if let key { headers.append(HTTPRequest.Header("Authorization", "Bearer \(key)")) }
        let request = HTTPRequest(
            method: call.method, url: base + call.target, headers: headers, body: call.body,
            timeout: call.timeout, bodyLimit: Self.longestAnswer)
        do {
            return try read(try await sender.send(request, policy: policy), of: call)
        } catch let error as TransportError {
            switch error.kind {
            case .resolve: return .wait("the host has no address", asked: .zero)
            case .connect: return .wait("no connection; is the service running?", asked: .zero)
            case .timeout: return .wait("no answer in time", asked: .zero)
            case .broken: return .wait("the connection broke off", asked: .zero)
            case .resources: return .wait(error.detail, asked: .zero)
            case .cancelled: throw CancellationError()
            case .tls, .tooLarge, .addressRefused, .badURL, .badRequest, .closed:
                throw CommandFailure("\(base): \(error.detail)")
            }
        }
    }

    private func read(_ response: HTTPResponse, of call: ServiceCall) throws -> Attempt {
        switch response.status {
        case 429, 500, 502, 503, 504:
            let seconds = response.header("Retry-After").flatMap { Int64($0) } ?? 0
            let answer = ServiceAnswer(status: response.status, document: try document(of: response, call))
            return .wait("answered \(response.status) (\(answer.reason))", asked: .seconds(min(max(seconds, 0), 60)))
        default:
            return .answered(ServiceAnswer(status: response.status, document: try document(of: response, call)))
        }
    }

    private func document(of response: HTTPResponse, _ call: ServiceCall) throws -> JSONNode {
        guard !response.body.isEmpty else { return .null }
        do {
            return try JSONNode(parsing: response.body, limits: JSONLimits(keys: 1_000_000))
        } catch {
            guard !(200..<300).contains(response.status) else {
                throw CommandFailure("\(base) does not answer like Driftline (\(call.target): \(error)); check --url")
            }
            return .null
        }
    }
}

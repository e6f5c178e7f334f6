import Alerting
import App
import Integrations
import JSON
import Monitoring

/// Takes deliveries one by one and says what they are.
actor Receiver {
    /// How a receiver behaves.
    struct Manner {
        /// The keys that deliveries must be signed with; none to take everything.
        var keys: [SigningKey]
        /// How many of a hundred deliveries are refused on purpose.
        var failurePercent: Int
        /// The status of everything else.
        var status: Int
        /// Whether bodies are printed as they came.
        var isRaw: Bool
    }

    private let manner: Manner
    private let console: Console
    private let retrainings: AsyncStream<JSONNode>.Continuation?
    private var received = ReceivedIDs()

    /// A receiver that hands requests for retraining on, where somebody wants them.
    init(_ manner: Manner, console: Console, retrainings: AsyncStream<JSONNode>.Continuation?) {
        self.manner = manner
        self.console = console
        self.retrainings = retrainings
    }

    /// Takes a delivery and answers with the status to send; the signature is nil where one of its headers is missing.
    func take(_ body: [UInt8], id: String?, signature: WebhookSignature?) -> Int {
        let now = WallClock().now.time
        let check = SignatureCheck(signature, body: body, keys: manner.keys, now: now)
        let message = WebhookMessage(body)
        let name = PlainText.line(id ?? "without webhook-id", upTo: 80)
        let head = "\(now.rfc3339.prefix(19))Z  \(name)  \(check.text)"
        guard check.isAccepted else {
            console.line("\(head)  answered 401")
            return 401
        }
        if Int.random(in: 0..<100) < manner.failurePercent {
            console.line("\(head)  answered 503 on purpose: \(message.title)")
            return 503
        }
        guard (200..<300).contains(manner.status) else {
            console.line("\(head)  answered \(manner.status) as told: \(message.title)")
            return manner.status
        }
        let count = id.map { received.add($0) } ?? 1
        guard count == 1 else {
            console.line("\(head)  the same again (\(count) times now): \(message.title)")
            return manner.status
        }
        show(message, head: head, body: body)
        if let request = message.retraining { retrainings?.yield(request) }
        return manner.status
    }

    private func show(_ message: WebhookMessage, head: String, body: [UInt8]) {
        guard !manner.isRaw else {
            console.note("\(head)  \(message.title)")
            console.line(String(decoding: body, as: UTF8.self))
            return
        }
        console.line("\(head)  \(message.title)")
        for line in message.lines { console.line("    \(line)") }
    }
}

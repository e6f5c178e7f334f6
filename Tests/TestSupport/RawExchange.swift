import NIOCore
import NIOPosix

/// Bytes that are sent to a server as they are, whatever HTTP says of them, and what comes back.
package struct RawExchange: Sendable {
    /// All that came back.
    package let answer: String
    /// Whether the server closed the connection.
    package let isClosed: Bool

    /// The status of the first answer; nil where none came.
    package var status: Int? {
        answer.hasPrefix("HTTP/1.") ? Int(answer.split(separator: " ", maxSplits: 2).dropFirst().first ?? "") : nil
    }

    /// How many answers came.
    package var answers: Int { answer.split(separator: "HTTP/1.1 ", omittingEmptySubsequences: false).count - 1 }

    /// Sends bytes to a port of this machine, part after part, and listens until the server closes the connection or says
    /// nothing for a while.
    package static func send(
        _ parts: [[UInt8]], pause: Duration = .zero, to port: Int, patience: Duration = .seconds(5)
    ) async throws -> RawExchange {
        let loop = MultiThreadedEventLoopGroup.singleton.next()
        let outcome = loop.makePromise(of: RawExchange.self)
        let channel = try await ClientBootstrap(group: loop).channelInitializer { channel in
            channel.eventLoop.makeCompletedFuture {
                try channel.pipeline.syncOperations.addHandler(AnswerListener(outcome, TimeAmount(patience)))
            }
        }.connect(host: "127.0.0.1", port: port).get()
        for part in parts {
            // A server that has heard enough closes the connection: that is part of its answer.
            channel.writeAndFlush(ByteBuffer(bytes: part), promise: nil)
            if pause > .zero { try await Task.sleep(for: pause) }
        }
        let exchange = try await outcome.futureResult.get()
        channel.close(promise: nil)
        return exchange
    }

    /// Sends text at once.
    package static func send(_ text: String, to port: Int) async throws -> RawExchange {
        try await send([Array(text.utf8)], to: port)
    }
}

/// Gathers what a server says until it is silent or gone.
private final class AnswerListener: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let outcome: EventLoopPromise<RawExchange>
    private let patience: TimeAmount
    private var bytes: [UInt8] = []
    private var silence: Scheduled<Void>?
    private var isOver = false

    init(_ outcome: EventLoopPromise<RawExchange>, _ patience: TimeAmount) {
        self.outcome = outcome
        self.patience = patience
    }

    func channelActive(context: ChannelHandlerContext) { wait(context) }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        bytes.append(contentsOf: unwrapInboundIn(data).readableBytesView)
        wait(context)
    }

    func channelInactive(context: ChannelHandlerContext) { end(isClosed: true) }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }

    private func wait(_ context: ChannelHandlerContext) {
        silence?.cancel()
        silence = context.eventLoop.assumeIsolated().scheduleTask(in: patience) { self.end(isClosed: false) }
    }

    private func end(isClosed: Bool) {
        guard !isOver else { return }
        isOver = true
        silence?.cancel()
        outcome.succeed(RawExchange(answer: String(decoding: bytes, as: UTF8.self), isClosed: isClosed))
    }
}

import NIOCore
import NIOPosix
package import Postgres
import Synchronization

/// A TCP proxy in front of the tests' PostgreSQL that cuts a connection at its next COMMIT or another text, or in the middle of what is sent, when it
/// is told to.
package final class CuttingProxy: Sendable {
    /// What becomes of the COMMIT.
    package enum Cut: CaseIterable, Sendable {
        /// The server does not get it: the connection is gone before.
        case before
        /// The server gets it, and its answer does not come back.
        case after
        /// The client's connection is gone first; the server gets it a moment later.
        case late
    }

    private let cut: CutAtCommit
    private let listener: any Channel
    /// Where the proxy listens, on 127.0.0.1.
    package let port: Int

    private init(socket: String) async throws {
        let cut = CutAtCommit()
        let bootstrap = ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelOption(.autoRead, value: false)
            .childChannelInitializer { client in cut.connect(client, to: socket) }
        listener = try await bootstrap.bind(host: "127.0.0.1", port: 0).get()
        port = listener.localAddress?.port ?? 0
        self.cut = cut
    }

    /// How many connections were cut.
    package var cuts: Int { cut.count }

    /// Cuts the connections that send the next COMMIT, or another text, as often as is said.
    package func arm(_ kind: Cut, at text: String = "COMMIT\0", times: Int = 1) {
        cut.arm(kind, at: Array(text.utf8), times: times)
    }

    /// Cuts the connection that sends the byte after so many further ones, which still reach the server.
    package func arm(afterBytes count: Int) { cut.arm(afterBytes: count) }

    /// Runs the body with a proxy in front of the server of a configuration, and with a configuration that goes through it.
    package static func with<Result>(
        before direct: PostgresConfiguration, _ body: (CuttingProxy, PostgresConfiguration) async throws -> Result
    ) async throws -> Result {
        let parts = direct.connectionString.split(separator: " ")
        guard let folder = parts.first(where: { $0.hasPrefix("host=/") })?.dropFirst(5) else {
            throw TestServer.Missing()
        }
        let proxy = try await CuttingProxy(socket: "\(folder)/.s.PGSQL.5432")
        var through = direct
        through.connectionString =
            (parts.filter { !$0.hasPrefix("host=") } + [
                "host=127.0.0.1", "port=\(proxy.port)", "sslmode=disable", "gssencmode=disable",
            ]).joined(separator: " ")
        let outcome: Swift.Result<Result, any Error>
        do { outcome = .success(try await body(proxy, through)) } catch { outcome = .failure(error) }
        try await proxy.listener.close()
        return try outcome.get()
    }
}

/// The decision of when to cut, shared by all connections.
private final class CutAtCommit: Sendable {
    /// What is to become of bytes that a client sends.
    enum Decision {
        case pass
        case cutAt(CuttingProxy.Cut)
        /// So many of them pass.
        case cut(afterBytes: Int)
    }

    private struct State {
        var armed: CuttingProxy.Cut?
        /// What a client sends that is to be cut, and how often.
        var bait: [UInt8] = []
        var timesLeft = 0
        /// How many bytes pass before the cut; nil where none is to come.
        var bytesLeft: Int?
        var count = 0
    }

    private let state = Mutex(State())

    var count: Int { state.withLock { $0.count } }

    func arm(_ kind: CuttingProxy.Cut, at bait: [UInt8], times: Int) {
        state.withLock { ($0.armed, $0.bait, $0.timesLeft) = (kind, bait, times) }
    }

    func arm(afterBytes count: Int) { state.withLock { $0.bytesLeft = count } }

    func decide(_ bytes: ByteBuffer) -> Decision {
        state.withLock { state in
            if let left = state.bytesLeft {
                guard left < bytes.readableBytes else {
                    state.bytesLeft = left - bytes.readableBytes
                    return .pass
                }
                state.bytesLeft = nil
                state.count += 1
                return .cut(afterBytes: left)
            }
            guard state.timesLeft > 0, let kind = state.armed,
                bytes.readableBytesView.firstRange(of: state.bait) != nil
            else { return .pass }
            state.timesLeft -= 1
            state.count += 1
            return .cutAt(kind)
        }
    }

    /// Connects a client with the server, on one event loop.
    func connect(_ client: any Channel, to socket: String) -> EventLoopFuture<Void> {
        ClientBootstrap(group: client.eventLoop).channelOption(.autoRead, value: false)
            .connect(unixDomainSocketPath: socket).flatMapThrowing { server in
                let answers = AnswerRelay(to: client)
                try server.pipeline.syncOperations.addHandler(answers)
                try client.pipeline.syncOperations.addHandler(RequestRelay(to: server, answers: answers, cut: self))
            }.flatMap { [client] in
                client.setOption(.autoRead, value: true)
            }
    }
}

/// Passes on what the server answers.
private final class AnswerRelay: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    private let client: any Channel
    /// Whether the next answer ends the connection instead.
    var isCut = false

    init(to client: any Channel) { self.client = client }

    func handlerAdded(context: ChannelHandlerContext) {
        context.channel.setOption(.autoRead, value: true).cascade(to: nil)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard !isCut else {
            client.close(promise: nil)
            return context.close(promise: nil)
        }
        client.writeAndFlush(unwrapInboundIn(data), promise: nil)
    }

    func channelInactive(context: ChannelHandlerContext) { client.close(promise: nil) }
}

/// Passes on what the client sends, until it is to be cut.
private final class RequestRelay: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    private let server: any Channel
    private let answers: AnswerRelay
    private let cut: CutAtCommit
    private var isLate = false

    init(to server: any Channel, answers: AnswerRelay, cut: CutAtCommit) {
        self.server = server
        self.answers = answers
        self.cut = cut
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var bytes = unwrapInboundIn(data)
        switch cut.decide(bytes) {
        case .pass: server.writeAndFlush(bytes, promise: nil)
        case .cut(afterBytes: let count):
            let server = server
            server.writeAndFlush(bytes.readSlice(length: count) ?? ByteBuffer()).whenComplete { _ in
                server.close(promise: nil)
            }
            context.close(promise: nil)
        case .cutAt(.before):
            server.close(promise: nil)
            context.close(promise: nil)
        case .cutAt(.after):
            answers.isCut = true
            server.writeAndFlush(bytes, promise: nil)
        case .cutAt(.late):
            isLate = true
            answers.isCut = true
            context.close(promise: nil)
            let (server, late) = (server, bytes)
            context.eventLoop.scheduleTask(in: .milliseconds(300)) { server.writeAndFlush(late, promise: nil) }
        }
    }

    func channelInactive(context: ChannelHandlerContext) {
        if !isLate { server.close(promise: nil) }
    }
}

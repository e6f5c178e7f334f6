import NIOCore
import NIOPosix
import Synchronization

/// A TCP proxy in front of the tests' PostgreSQL that is silent, slow or mad for as long as it is told to be.
package final class FaultyProxy: Sendable {
    /// What becomes of bytes on their way.
    package enum Fault: Sendable, Equatable {
        /// They pass.
        case none
        /// They wait, and so do new connections, as behind a cable that was pulled: nobody is told.
        case silence
        /// They pass later, in both directions.
        case delay(milliseconds: Int64)
        /// What the server says is replaced by other bytes.
        case garbage
    }

    private let state: FaultState
    private let listener: any Channel
    /// Where the proxy listens, on 127.0.0.1.
    package let port: Int

    private init(socket: String) async throws {
        let state = FaultState()
        let bootstrap = ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelOption(.autoRead, value: false)
            .childChannelInitializer { client in state.connect(client, to: socket) }
        listener = try await bootstrap.bind(host: "127.0.0.1", port: 0).get()
        port = listener.localAddress?.port ?? 0
        self.state = state
    }

    /// From now on bytes meet this fault. What waited passes once there is silence no more.
    package func set(_ fault: Fault) { state.set(fault) }

    /// Runs the body with a proxy in front of a server's socket, and with a connection string that goes through it.
    package static func with<Result>(
        before connectionString: String, _ body: (FaultyProxy, String) async throws -> Result
    ) async throws -> Result {
        let parts = connectionString.split(separator: " ")
        guard let folder = parts.first(where: { $0.hasPrefix("host=/") })?.dropFirst(5) else {
            throw TestServer.Missing()
        }
        let proxy = try await FaultyProxy(socket: "\(folder)/.s.PGSQL.5432")
        let through =
            parts.filter { !$0.hasPrefix("host=") && !$0.hasPrefix("port=") } + [
                "host=127.0.0.1", "port=\(proxy.port)", "sslmode=disable", "gssencmode=disable",
            ]
        let outcome: Swift.Result<Result, any Error>
        do { outcome = .success(try await body(proxy, through.joined(separator: " "))) } catch {
            outcome = .failure(error)
        }
        proxy.set(.none)
        try await proxy.listener.close()
        return try outcome.get()
    }
}

/// The fault of the moment, shared by all connections.
private final class FaultState: Sendable {
    private struct State {
        var fault = FaultyProxy.Fault.none
        /// Whether what waited is on its way, so that nothing may overtake it.
        var isDraining = false
        var waiting: [@Sendable () -> Void] = []
    }

    private let state = Mutex(State())

    var fault: FaultyProxy.Fault { state.withLock { $0.fault } }

    func set(_ fault: FaultyProxy.Fault) {
        state.withLock { state in
            state.fault = fault
            state.isDraining = fault != .silence
        }
        guard fault != .silence else { return }
        while true {
            let waiting = state.withLock { state in
                defer { state.waiting = [] }
                state.isDraining = !state.waiting.isEmpty
                return state.waiting
            }
            if waiting.isEmpty { return }
            for body in waiting { body() }
        }
    }

    /// Calls the body once there is no silence, after everything that waited before.
    func afterSilence(_ body: @escaping @Sendable () -> Void) {
        let mustWait = state.withLock { state in
            let mustWait = state.fault == .silence || state.isDraining
            if mustWait { state.waiting.append(body) }
            return mustWait
        }
        if !mustWait { body() }
    }

    /// Connects a client with the server, on one event loop.
    func connect(_ client: any Channel, to socket: String) -> EventLoopFuture<Void> {
        let (state, loop) = (self, client.eventLoop)
        let promise = loop.makePromise(of: Void.self)
        afterSilence { promise.succeed() }
        return promise.futureResult.flatMap {
            ClientBootstrap(group: loop).channelOption(.autoRead, value: false).connect(unixDomainSocketPath: socket)
        }.flatMapThrowing { server in
            try server.pipeline.syncOperations.addHandler(FaultyRelay(to: client, state, isAnswer: true))
            try client.pipeline.syncOperations.addHandler(FaultyRelay(to: server, state, isAnswer: false))
            return server
        }.flatMap { (server: any Channel) in
            server.setOption(.autoRead, value: true).and(client.setOption(.autoRead, value: true)).map { _ in () }
        }
    }
}

/// Passes bytes on, or does not.
private final class FaultyRelay: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let other: any Channel
    private let state: FaultState
    private let isAnswer: Bool
    /// When the last bytes that were delayed pass; nothing overtakes them.
    private var lastDue = NIODeadline.distantPast

    init(to other: any Channel, _ state: FaultState, isAnswer: Bool) {
        self.other = other
        self.state = state
        self.isAnswer = isAnswer
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var bytes = unwrapInboundIn(data)
        var delay = TimeAmount.zero
        switch state.fault {
        case .none, .silence: break
        case .delay(let milliseconds): delay = .milliseconds(milliseconds)
        case .garbage:
            if isAnswer { bytes = ByteBuffer(bytes: bytes.readableBytesView.map { $0 &* 31 &+ 7 }) }
        }
        let (passed, other) = (bytes, other)
        pass(after: delay) { other.writeAndFlush(passed, promise: nil) }
    }

    func channelInactive(context: ChannelHandlerContext) {
        let other = other
        pass(after: .zero) { other.close(promise: nil) }
    }

    /// Does something in its turn: always as a task of the loop, which does them in order.
    private func pass(after delay: TimeAmount, _ body: @escaping @Sendable () -> Void) {
        let (loop, now) = (other.eventLoop, NIODeadline.now())
        let due = max(now + delay, lastDue + .nanoseconds(1))
        guard due <= now else {
            lastDue = due
            loop.scheduleTask(deadline: due, body)
            return
        }
        state.afterSilence { loop.execute(body) }
    }
}

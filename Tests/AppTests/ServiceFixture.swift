import App
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Integrations
import JSON
import Logging
import Monitoring
import NIOCore
import Postgres
import Store
import Synchronization
import TestSupport

/// The whole service but its network and its timers, on a schema of its own and on a clock that the test moves.
struct ServiceFixture {
    let pool: PostgresPool
    let store: Store
    let models: ModelCatalog
    let peers: Peers
    let takeover: Takeover
    let queue: IngestQueue
    let slot: SlotKeeper
    let checkpointer: Checkpointer
    let active: ActiveSettings
    let counters = Counters()
    let time: TestTime
    let client: any TestClientProtocol
    /// Every route of the service.
    let routes: [ServedRoute]

    /// Wall-clock time for everything that is told the time.
    final class TestTime: Sendable {
        private let state: Mutex<Time>

        init(_ time: Time) {
            state = Mutex(time)
        }

        var now: Time { state.withLock { $0 } }

        func set(_ time: Time) {
            state.withLock { $0 = time }
        }
    }

    static let start = Time(rfc3339: "2026-03-01T00:00:00Z") ?? Time(microseconds: 0)

    /// Runs the body against a service on a new schema.
    static func with(
        memory: WindowMemory = WindowMemory(), _ body: @escaping @Sendable (ServiceFixture) async throws -> Void
    ) async throws {
        try await TestServer.withPool { pool in
            try await TestServer.migrate(pool)
            try await on(pool, memory: memory, body)
        }
    }

    /// Runs the body against a service that starts on a migrated schema, as after a restart.
    static func on(
        _ pool: PostgresPool, slot number: Int32 = 0, holder: String = "test",
        memory: WindowMemory = WindowMemory(),
        _ body: @escaping @Sendable (ServiceFixture) async throws -> Void
    ) async throws {
        let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        let time = TestTime(start)
        let now: @Sendable () -> Time = { time.now }
        let store = Store(pool: pool, layout: try await Migrator(pool: pool).layout())
        guard let held = try await store.takeWriterSlot(number, holder: holder, seconds: 600) else { throw NoSlot() }
        let slot = SlotKeeper(held, store: store, logger: logger)
        let models = ModelCatalog(store: store, slot: held.slot, memory: memory, logger: logger)
        let queue = IngestQueue(isHeld: { memory.isOverrun })
        let counters = Counters()
        let checkpointer = Checkpointer(
            queue: queue, models: models, slot: slot, store: store, counters: counters, logger: logger)
        let gate = LogGate(queue: queue, checkpointer: checkpointer)
        let peers = Peers(store: store, models: models, slot: slot, gate: gate, now: now, logger: logger)
        try await peers.begin()
        try await models.load()
        try await Recovery(store: store, models: models, logger: logger).run(slot, now: time.now)
        try await peers.look()
        let active = ActiveSettings(identity: SenderIdentity(version: "test", externalURL: "http://driftline.test"))
        let keys = KeyRing(store: store)
        let reloader = SettingsReloader(
            folder: SettingsFolder(
                rules: "/nonexistent", notifications: "/nonexistent/n", retraining: "/nonexistent/r"),
            settings: active, store: store, counters: counters, now: now, logger: logger)
        let settings = try Settings.read(flags: [:], environment: [:])
        let routes = Routes(
            store: store, models: models, gate: gate, peers: peers, keys: keys,
            active: active, reloader: reloader, readiness: Readiness(), counters: counters, settings: settings, now: now
        )
        let ingestor = Ingestor(
            queue: queue, writer: LogWriter(store: store), models: models, slot: slot, store: store, counters: counters,
            now: now, logger: logger)
        let router = routes.router()
        let table = router.routes.map { ServedRoute(method: $0.method, path: "\($0.path)") }
        try await Hummingbird.Application(router: router).test(.router) { client in
            let fixture = ServiceFixture(
                pool: pool, store: store, models: models, peers: peers,
                takeover: Takeover(
                    store: store, models: models, holder: holder, counters: counters, now: now, logger: logger),
                queue: queue, slot: slot,
                checkpointer: checkpointer,
                active: active, time: time, client: client, routes: table)
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask {
                    do {
                        try await ingestor.run()
                    } catch let error as PostgresError where error == .slotLost {
                        // The process would end; what is asked of it until then is part of the test.
                    }
                }
                group.addTask {
                    defer { queue.close() }
                    try await body(fixture)
                }
                try await group.waitForAll()
            }
        }
    }

    struct NoSlot: Error {}

    /// A method with a path, as the router has them.
    struct ServedRoute: Sendable {
        let method: HTTPRequest.Method
        let path: String
    }

    /// Sends a request and reads its JSON.
    @discardableResult
    func call(
        _ method: HTTPRequest.Method, _ path: String, _ body: String = "", type: String = "application/json",
        headers: HTTPFields = [:]
    ) async throws -> (status: Int, body: JSONNode) {
        try await client.execute(
            uri: path, method: method,
            headers: HTTPFields(Array(headers) + [HTTPField(name: .contentType, value: type)]),
            body: ByteBuffer(string: body)
        ) { response in
            let bytes = Array(response.body.readableBytesView)
            return (response.status.code, bytes.isEmpty ? .null : try JSONNode(parsing: bytes))
        }
    }

    /// The values of a series.
    func series(_ model: String, _ query: String) async throws -> JSONNode {
        try await call(.get, "/v1/models/\(model)/series?\(query)").body
    }
}

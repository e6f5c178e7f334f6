import Curl
import Hummingbird
import HummingbirdCore
import Integrations
package import Logging
import Monitoring
import Postgres
import ServiceLifecycle
import Store
import UnixSignals

/// The composition root: everything that runs, in the order in which it depends on each other.
package struct Application {
    private let settings: Settings
    private let logger: Logger
    private let readiness = Readiness()
    private let counters = Counters()
    private let now: @Sendable () -> Time = { WallClock().now.time }

    package init(_ settings: Settings, logger: Logger) {
        self.settings = settings
        self.logger = logger
    }

    /// Serves until the process is told to stop.
    package func run() async throws {
        ProcessMemory.keepBlocks()
        let database = try await Database.open(settings, logger: logger)
        let store = Store(pool: database.pool, layout: database.layout)
        do {
            try await serve(store, database)
        } catch {
            await database.pool.close()
            try await database.cluster?.stop(within: .seconds(8))
            throw error
        }
    }

    private func serve(_ store: Store, _ database: Database) async throws {
        let keys = KeyRing(store: store)
        try await keys.reload()
        if !settings.listen.isLoopback, keys.isEmpty {
            throw SettingsError(mistakes: [
                "listen: \(settings.listen) can be reached from other machines and there is no key; "
                    + "make one with `driftline keys create`, or listen on 127.0.0.1"
            ])
        }
        let identityOfProcess = try Holder(in: settings.data)
        defer { withExtendedLifetime(identityOfProcess) {} }
        let holder = identityOfProcess.name
        let slot = SlotKeeper(
            try await store.takeAnyWriterSlot(
                holder: holder, seconds: Double(SlotKeeper.lease.components.seconds)),
            store: store, readiness: readiness, logger: logger)
        let memory = WindowMemory(budget: settings.maximumWindowBytes)
        let queue = IngestQueue(isHeld: { memory.isOverrun })
        ReferenceShelf.shared.budget = settings.maximumReferenceBytes
        let models = ModelCatalog(store: store, slot: slot.current.slot, memory: memory, logger: logger)
        let checkpointer = Checkpointer(
            queue: queue, models: models, slot: slot, store: store, counters: counters, logger: logger)
        let gate = LogGate(queue: queue, checkpointer: checkpointer)
        let peers = Peers(store: store, models: models, slot: slot, gate: gate, now: now, logger: logger)
        try await peers.begin()
        try await models.load()
        try await Recovery(store: store, models: models, logger: logger).run(slot, now: now())

        let identity = SenderIdentity(version: Version.current, externalURL: settings.externalURL)
        let active = ActiveSettings(identity: identity)
        let reloader = SettingsReloader(
            folder: SettingsFolder(
                rules: settings.rules, notifications: settings.notifications, retraining: settings.retraining),
            settings: active, store: store, counters: counters, now: now, logger: logger)
        try await reloader.loadAtStart(
            hasPeers: try await store.writerSlots().contains { $0.isLive && $0.slot != slot.current.slot })

        let durability = DurabilityWatch(
            pool: database.pool, readiness: readiness, allowsDataLoss: settings.allowsDataLoss,
            known: database.durability, logger: logger)
        durability.tell(database.durability)
        let sender = try CurlSender(now: now)
        let parts = Parts(
            store: store, models: models, gate: gate, peers: peers, keys: keys, active: active, reloader: reloader)
        let services: [any Service] = [
            database, sender, slot,
            checkpointer,
            Ingestor(
                queue: queue, writer: LogWriter(store: store), models: models, slot: slot, store: store,
                counters: counters, now: now, logger: logger),
            SilenceWatch(queue: queue, readiness: readiness),
            PeerWatch(
                peers: peers,
                takeover: Takeover(
                    store: store, models: models, holder: holder, counters: counters, now: now, logger: logger),
                settings: reloader, keys: keys, store: store, logger: logger),
            reloader, RunWatcher(store: store, now: now, logger: logger),
            Retention(
                store: store, models: models, deliveries: settings.deliveries, now: now, logger: logger),
            LogIndexing(store: store, logger: logger),
            MemoryWatch(memory: memory, logger: logger),
            PaneRollUp(models: models, gate: parts.gate, logger: logger),
            FirstRowsFreezer(models: models, gate: parts.gate, now: now, logger: logger),
            RuleEvaluator(
                store: store, models: models, peers: peers, settings: active, counters: counters, holder: holder,
                now: now, logger: logger),
            Dispatcher(
                store: store, sender: sender, settings: active, clock: WallClock(), holder: holder, counters: counters,
                logger: logger),
            durability,
            httpServer(parts),
            Drain(readiness: readiness, store: store, slot: slot, logger: logger),
        ]
        try await ServiceGroup(
            configuration: ServiceGroupConfiguration(
                services: services.map { .init(service: $0) }, gracefulShutdownSignals: [.sigterm, .sigint],
                logger: logger)
        ).run()
        logger.info("stopped")
    }

    /// What the routes work with.
    private struct Parts {
        let store: Store
        let models: ModelCatalog
        let gate: LogGate
        let peers: Peers
        let keys: KeyRing
        let active: ActiveSettings
        let reloader: SettingsReloader
    }

    private func httpServer(_ parts: Parts) -> some Service {
        let routes = Routes(
            store: parts.store, models: parts.models, gate: parts.gate, peers: parts.peers, keys: parts.keys,
            active: parts.active,
            reloader: parts.reloader, readiness: readiness, counters: counters, settings: settings, now: now)
        let address = settings.listen
        let readiness = readiness
        let logger = logger
        return Hummingbird.Application(
            router: routes.router(),
            server: .strict(Connections.http),
            configuration: ApplicationConfiguration(
                address: .hostname(address.host, port: address.port), serverName: "driftline", backlog: 1024,
                reuseAddress: true, availableConnectionsDelegate: Connections.limit),
            onServerRunning: { channel in
                readiness.set(nil)
                logger.notice("serving on http://\(address.host):\(channel.localAddress?.port ?? address.port)")
            },
            logger: logger)
    }
}

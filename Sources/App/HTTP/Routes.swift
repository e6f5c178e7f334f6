package import Hummingbird
package import Monitoring
package import Store

/// All routes of the service, one line a noun.
package struct Routes {
    let store: Store
    let models: ModelCatalog
    let gate: LogGate
    let peers: Peers
    let keys: KeyRing
    let active: ActiveSettings
    let reloader: SettingsReloader
    let readiness: Readiness
    let counters: Counters
    let settings: Settings
    let now: @Sendable () -> Time

    /// With all its parts.
    package init(
        store: Store,
        models: ModelCatalog,
        gate: LogGate,
        peers: Peers,
        keys: KeyRing,
        active: ActiveSettings,
        reloader: SettingsReloader,
        readiness: Readiness,
        counters: Counters,
        settings: Settings,
        now: @escaping @Sendable () -> Time
    ) {
        self.store = store
        self.models = models
        self.gate = gate
        self.peers = peers
        self.keys = keys
        self.active = active
        self.reloader = reloader
        self.readiness = readiness
        self.counters = counters
        self.settings = settings
        self.now = now
    }

    /// The router with everything that stands in front of the routes.
    package func router() -> Router<APIContext> {
        let router = Router(context: APIContext.self, options: .autoGenerateHeadEndpoints)
        let methods = AllowedMethods()
        router.add(middleware: ConnectionEnds(readiness: readiness))
        router.add(middleware: ProblemAnswers(methods: methods))
        router.add(middleware: RequestRules())
        router.add(middleware: BodyShares(budget: BodyBudget(most: settings.maximumPendingBytes)))
        let retraining = RetrainingRoutes(settings: active, models: models, store: store, now: now)
        retraining.addCallback(to: router)
        router.add(middleware: Authentication(keys: keys, externalURL: settings.externalURL, now: now))
        HealthRoutes(readiness: readiness, counters: counters, memory: models.memory).add(to: router)
        ModelRoutes(models: models, gate: gate, now: now).add(to: router)
        ReferenceRoutes(models: models, gate: gate, settings: settings, now: now).add(to: router)
        IngestRoutes(models: models, gate: gate, store: store, counters: counters, settings: settings, now: now)
            .add(to: router)
        RemovalRoutes(models: models, gate: gate, peers: peers, store: store, now: now).add(to: router)
        ExportRoutes(models: models, store: store).add(to: router)
        RuleRoutes(models: models, settings: active, reloader: reloader, store: store, now: now).add(to: router)
        BacktestRoutes(models: models, settings: active, store: store).add(to: router)
        AlertRoutes(store: store, models: models, settings: active, now: now).add(to: router)
        AlertmanagerRoutes(settings: active, store: store, startedAt: now(), now: now).add(to: router)
        DeliveryRoutes(store: store, now: now).add(to: router)
        ReceiverRoutes(settings: active, store: store).add(to: router)
        retraining.add(to: router)
        WindowRoutes(models: models).add(to: router)
        SeriesRoutes(models: models).add(to: router)
        SegmentRoutes(models: models).add(to: router)
        FairnessRoutes(models: models).add(to: router)
        VersionRoutes(models: models, store: store).add(to: router)
        ExplainRoutes(models: models).add(to: router)
        PrometheusRoutes(models: models, settings: active, store: store).add(to: router)
        PageRoutes(store: store, models: models, settings: active, now: now).add(to: router)
        methods.take(router.routes.map { (path: "\($0.path)", method: $0.method) })
        return router
    }
}

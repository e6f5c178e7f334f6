package import Alerting
import AsyncAlgorithms
package import Logging
package import Monitoring
import ServiceLifecycle
package import Store
import UnixSignals

/// Reads rules, routes and policies at start, on SIGHUP and when their files change.
///
/// First everything that can fail, then one swap: on any mistake all that was in force stays in force.
package struct SettingsReloader: Service {
    let folder: SettingsFolder
    let settings: ActiveSettings
    let store: Store
    let counters: Counters
    let now: @Sendable () -> Time
    let logger: Logger

    /// With all its parts.
    package init(
        folder: SettingsFolder,
        settings: ActiveSettings,
        store: Store,
        counters: Counters,
        now: @escaping @Sendable () -> Time,
        logger: Logger
    ) {
        self.folder = folder
        self.settings = settings
        self.store = store
        self.counters = counters
        self.now = now
        self.logger = logger
    }

    private static let period: Duration = .seconds(1)

    package func run() async throws {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await watchSignal() }
            group.addTask { await watchFiles() }
            await group.waitForAll()
        }
    }

    private func watchSignal() async {
        for await _ in await UnixSignalsSequence(trapping: .sighup).cancelOnGracefulShutdown() {
            await reload(because: "SIGHUP")
        }
    }

    private func watchFiles() async {
        var seen = content
        for await _ in AsyncTimerSequence(interval: Self.period, clock: .continuous).cancelOnGracefulShutdown() {
            let current = content
            guard current != seen else { continue }
            seen = current
            await reload(because: "a file changed")
        }
    }

    /// What the files hold, nil while one of them cannot be read.
    private var content: SettingsFolder.Content? {
        do { return try folder.read() } catch { return nil }
    }

    private func reload(because reason: String) async {
        do {
            try await load()
            logger.info("rules, routes and policies were read", metadata: ["because": "\(reason)"])
        } catch {
            logger.error("the old rules, routes and policies stay in force", metadata: ["mistakes": "\(error)"])
        }
    }

    /// Reads the files and puts them in force together with the rules that came over HTTP.
    package func load() async throws {
        do {
            let content = try folder.read()
            let fromHTTP = try await store.ruleFiles().filter { $0.source == "api" }
            let files = content.ruleFiles + fromHTTP
            try putInForce(files, notifications: content.notifications, retraining: content.retraining)
            settings.storedVersion = try await store.replaceFiles(
                rules: content.ruleFiles, notifications: content.notifications, retraining: content.retraining,
                at: now())
            counters.noteReload(took: true)
        } catch {
            counters.noteReload(took: false)
            throw error
        }
    }

    /// Reads the files at start; where they have mistakes, what was in force before stays so, if there was anything.
    ///
    /// A process that has no files and is not the only one takes what is in force.
    package func loadAtStart(hasPeers: Bool = false) async throws {
        do {
            if hasPeers, try folder.read() == SettingsFolder.Content() { return try await loadStored() }
            try await load()
        } catch {
            guard try await isAnythingStored() else { throw error }
            logger.error(
                "the rules, routes and policies of before the start stay in force", metadata: ["mistakes": "\(error)"])
            try await loadStored()
        }
    }

    private func isAnythingStored() async throws -> Bool {
        if try await !store.ruleFiles().isEmpty { return true }
        if try await store.settingsFile("notifications") != nil { return true }
        return try await store.settingsFile("retraining") != nil
    }

    /// Puts in force what another process has changed, if it has.
    package func follow() async throws {
        guard try await store.settingsVersion() != settings.storedVersion else { return }
        try await loadStored()
        logger.info("rules, routes and policies of another process are in force")
    }

    /// Puts in force what the database holds.
    package func loadStored() async throws {
        let version = try await store.settingsVersion()
        try putInForce(
            try await store.ruleFiles(), notifications: try await store.settingsFile("notifications"),
            retraining: try await store.settingsFile("retraining"))
        settings.storedVersion = version
    }

    private func putInForce(
        _ files: [StoredFile], notifications: String?, retraining: String?
    ) throws(RuleFileError) {
        let rules = try Self.rules(files)
        let told = try notifications.map { text throws(RuleFileError) in
            try NotificationSettings(file: folder.notifications, text: text)
        }
        let policies = try retraining.map { text throws(RuleFileError) in
            try RetrainingSettings(file: folder.retraining, text: text)
        }
        settings.replace { snapshot in
            snapshot.rules = rules
            snapshot.notifications = told ?? .silent
            snapshot.retraining = policies ?? .none
        }
    }

    /// The rules of all files, or every mistake in all of them.
    package static func rules(_ files: [StoredFile]) throws(RuleFileError) -> RuleSet {
        RuleSet(try RuleFile.all(files.map { (file: "\($0.source)/\($0.name)", text: $0.content) }))
    }
}

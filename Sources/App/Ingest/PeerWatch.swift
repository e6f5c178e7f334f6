import AsyncAlgorithms
package import Logging
import ServiceLifecycle
package import Store

/// Looks at the other processes a few times a second, and does what those that are gone left undone.
package struct PeerWatch: Service {
    let peers: Peers
    let takeover: Takeover
    let settings: SettingsReloader
    let keys: KeyRing
    let store: Store
    let logger: Logger

    /// With all its parts.
    package init(
        peers: Peers, takeover: Takeover, settings: SettingsReloader, keys: KeyRing, store: Store, logger: Logger
    ) {
        self.peers = peers
        self.takeover = takeover
        self.settings = settings
        self.keys = keys
        self.store = store
        self.logger = logger
    }

    private static let period: Duration = .milliseconds(250)
    /// A second, in periods.
    private static let second = 4

    package func run() async throws {
        var count = 0
        for await _ in AsyncTimerSequence(interval: Self.period, clock: .continuous).cancelOnGracefulShutdown() {
            count &+= 1
            let isSecond = count.isMultiple(of: Self.second)
            await attempt("the other processes could not be looked at") {
                try await peers.look(ifOlderThan: Self.period / 2)
            }
            guard isSecond else { continue }
            await attempt("rules, routes and policies of another process could not be read") {
                try await settings.follow()
            }
            await attempt("what a process left undone could not be done") { _ = try await takeover.run() }
            await attempt("keys could not be read") { try await keys.reload() }
            guard count.isMultiple(of: 10 * Self.second) else { continue }
            await attempt("old generations could not be removed") { try await store.removeLeftGenerations() }
        }
    }

    private func attempt(_ failure: String, _ body: () async throws -> Void) async {
        do {
            try await body()
        } catch {
            logger.warning("\(failure); it is tried again", metadata: ["error": "\(error)"])
        }
    }
}

import Hummingbird
import Synchronization

/// Whether the service is ready, and why not.
package final class Readiness: Sendable {
    private let reason = Mutex<String?>("the service is starting")
    private let draining = Atomic(false)
    /// When the database answered last; nil while nobody listens for it.
    private let heardAt = Mutex<ContinuousClock.Instant?>(nil)

    package init() {}

    /// For how long the database may be silent before requests had better go elsewhere: then the writer slot is not ours either.
    private static let patience = SlotKeeper.lease

    /// Nil when ready.
    package var obstacle: String? {
        if let reason = reason.withLock({ $0 }) { return reason }
        return isSilent ? "the database does not answer" : nil
    }

    /// Whether the database has not answered for as long as the writer slot is ours.
    var isSilent: Bool { heardAt.withLock { $0 }.map { $0.duration(to: .now) > Self.patience } ?? false }

    /// The database has answered.
    func heard() {
        heardAt.withLock { $0 = .now }
    }

    /// Whether the process is about to end, and asks its clients to go elsewhere.
    package var isDraining: Bool { draining.load(ordering: .relaxed) }

    /// Not ready any more, though everything is still answered.
    package func drain() {
        set("the service is about to stop")
        draining.store(true, ordering: .relaxed)
    }

    /// Ready from now on, or not for a reason.
    package func set(_ obstacle: String?) {
        reason.withLock { $0 = obstacle }
    }
}

/// Liveness, readiness and the contract.
struct HealthRoutes {
    let readiness: Readiness
    let counters: Counters

    func add(to router: Router<APIContext>) {
        router.get("healthz") { _, _ in Answer.text("ok\n") }
        router.get("readyz") { _, _ in
            if let obstacle = readiness.obstacle { throw Problem.unavailable(obstacle) }
            return Answer.text("ready\n")
        }
        router.get("metrics") { _, _ in
            Answer.text(
                counters.page(version: Version.current, isReady: readiness.obstacle == nil),
                type: "text/plain; version=0.0.4; charset=utf-8")
        }
        router.get("openapi.yaml") { _, _ in
            Answer.bytes(type: "application/yaml", PackageResources.openapi_yaml)
        }
    }
}

import Hummingbird

/// Liveness, readiness and the contract.
struct HealthRoutes {
    let readiness: Readiness
    let counters: Counters
    let memory: WindowMemory

    func add(to router: Router<APIContext>) {
        router.get("healthz") { _, _ in Answer.text("ok\n") }
        router.get("readyz") { _, _ in
            if let obstacle = readiness.obstacle { throw Problem.unavailable(obstacle) }
            return Answer.text(["ready", readiness.reservation].compactMap(\.self).joined(separator: "\n") + "\n")
        }
        router.get("metrics") { _, _ in
            Answer.text(
                counters.page(
                    version: Version.current, isReady: readiness.obstacle == nil, windowBytes: memory.footprint,
                    referenceBytes: ReferenceShelf.shared.footprint),
                type: "text/plain; version=0.0.4; charset=utf-8")
        }
        router.get("openapi.yaml") { _, _ in
            Answer.bytes(type: "application/yaml", PackageResources.openapi_yaml)
        }
    }
}

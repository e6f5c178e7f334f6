import AsyncAlgorithms
package import Logging
package import Monitoring
import ServiceLifecycle

/// Freezes the grids of models whose rolling references wait for their first rows.
package struct FirstRowsFreezer: Service {
    let models: ModelCatalog
    let gate: LogGate
    let now: @Sendable () -> Time
    let logger: Logger

    /// With all its parts.
    package init(models: ModelCatalog, gate: LogGate, now: @escaping @Sendable () -> Time, logger: Logger) {
        self.models = models
        self.gate = gate
        self.now = now
        self.logger = logger
    }

    package func run() async throws {
        for await _ in AsyncTimerSequence(interval: .seconds(2), clock: .continuous).cancelOnGracefulShutdown() {
            await sweep()
        }
    }

    /// Looks at every model once.
    package func sweep() async {
        for model in await models.all {
            do {
                try await model.windows.freezeFirstRows(at: now(), gate: gate)
            } catch {
                logger.warning(
                    "a grid could not be frozen; it is tried again",
                    metadata: ["model": "\(model.name)", "error": "\(error)"])
            }
        }
    }
}

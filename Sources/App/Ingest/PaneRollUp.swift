import AsyncAlgorithms
package import Logging
import ServiceLifecycle

/// Adds up the panes of days that are over, model after model.
package struct PaneRollUp: Service {
    let models: ModelCatalog
    let gate: LogGate
    let logger: Logger

    /// With all its parts.
    package init(models: ModelCatalog, gate: LogGate, logger: Logger) {
        self.models = models
        self.gate = gate
        self.logger = logger
    }

    package func run() async throws {
        for await _ in AsyncTimerSequence(interval: .seconds(60), clock: .continuous).cancelOnGracefulShutdown() {
            await sweep()
        }
    }

    /// Looks at every model once.
    package func sweep() async {
        for model in await models.all where !Task.isShuttingDownGracefully {
            do {
                try await model.windows.rollUp(gate: gate)
            } catch {
                logger.warning(
                    "days could not be added up; it is tried again",
                    metadata: ["model": "\(model.name)", "error": "\(error)"])
            }
        }
    }
}

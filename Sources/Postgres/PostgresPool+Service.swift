import ServiceLifecycle

extension PostgresPool: Service {
    /// Waits for shutdown, then for the work under way, and closes every connection. When cancelled, running statements
    /// are interrupted first.
    package func run() async throws {
        do {
            try await gracefulShutdown()
        } catch {
            interrupt()
        }
        await withTaskCancellationHandler {
            await close()
        } onCancel: {
            interrupt()
        }
    }
}

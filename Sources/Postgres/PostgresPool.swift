internal import Synchronization

/// A bounded number of connections, opened when they are needed and used in turn.
///
/// It works without being run. As a service it does nothing but close itself at shutdown; put it in front of its users
/// in the service group, so that it stops after them.
package final class PostgresPool: Sendable {
    typealias Waiter = CheckedContinuation<PoolGrant<PostgresConnection>, Never>
    typealias State = PoolState<PostgresConnection, Waiter>

    package let configuration: PostgresConfiguration
    private let state: Mutex<State>
    /// Connections that are in use, by identity, to be interrupted when the time for a quiet end is over.
    private let leased = Mutex<[ObjectIdentifier: PostgresConnection]>([:])

    package init(_ configuration: PostgresConfiguration) {
        self.configuration = configuration
        state = Mutex(State(limit: configuration.maximumConnections, queueLimit: configuration.maximumWaiters))
    }

    /// Connections open or being opened, and tasks that wait for one; for telemetry.
    package var load: (idle: Int, taken: Int, waiting: Int) {
        state.withLock { ($0.idleCount, $0.takenCount, $0.waiterCount) }
    }

    /// Refuses new work, waits for the work under way, and closes every connection.
    package func close() async {
        await perform(state.withLock { $0.close() })
        _ = await withCheckedContinuation { (waiter: Waiter) in
            let mustWait = state.withLock { $0.awaitEnd(waiter) }
            if !mustWait { waiter.resume(returning: .closed) }
        }
    }

    /// Asks the server to stop every statement that runs through the pool.
    package func interrupt() {
        for connection in leased.withLock({ Array($0.values) }) { connection.interrupt() }
    }

    /// Waits for a connection.
    /// - Throws: `poolExhausted`, `poolClosed`, `cancelled`, or why no connection can be made.
    func lease(for name: String) async throws(PostgresError) -> PostgresConnection {
        var grant = await request()
        while true {
            switch grant {
            case .connection(let connection):
                if connection.isUsable { return remember(connection) }
                let (next, actions) = state.withLock { $0.replace(connection) }
                await perform(actions)
                grant = next
            case .open:
                return remember(try await open())
            case .exhausted:
                throw PostgresError(
                    .poolExhausted, statement: name,
                    message: "\(configuration.maximumWaiters) tasks already wait for a connection")
            case .cancelled:
                throw PostgresError(.cancelled, statement: name, message: "cancelled while waiting for a connection")
            case .closed, .wait:
                throw PostgresError(.poolClosed, statement: name, message: "the connection pool is closed")
            }
        }
    }

    /// Takes a connection back.
    func giveBack(_ connection: PostgresConnection) async {
        leased.withLock { $0[ObjectIdentifier(connection)] = nil }
        // Somebody left a transaction open, which nobody else may inherit.
        if connection.status.currentPhase == .inTransaction { await connection.rollBack() }
        let isUsable = connection.status.currentPhase == .idle
        await perform(state.withLock { $0.giveBack(connection, isUsable: isUsable) })
    }

    private func remember(_ connection: PostgresConnection) -> PostgresConnection {
        leased.withLock { $0[ObjectIdentifier(connection)] = connection }
        return connection
    }

    private func open() async throws(PostgresError) -> PostgresConnection {
        do throws(PostgresError) {
            return try await PostgresConnection.open(configuration)
        } catch {
            await perform(state.withLock { $0.failed() })
            throw error
        }
    }

    private func request() async -> PoolGrant<PostgresConnection> {
        let id = state.withLock { $0.newID() }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { (waiter: Waiter) in
                let (grant, actions) = state.withLock { state in
                    let grant = state.request()
                    guard case .wait = grant else { return (grant, [] as [State.Action]) }
                    state.enqueue(waiter, id: id)
                    // The handler below may have run before there was anything to cancel.
                    return (grant, Task.isCancelled ? state.cancel(id: id) : [])
                }
                if case .wait = grant { resume(actions) } else { waiter.resume(returning: grant) }
            }
        } onCancel: {
            resume(state.withLock { $0.cancel(id: id) })
        }
    }

    /// Does what the state machine decided.
    private func perform(_ actions: [State.Action]) async {
        resume(actions)
        for case .close(let connection) in actions { await connection.close() }
    }

    /// Wakes tasks; never waits.
    private func resume(_ actions: [State.Action]) {
        for action in actions {
            switch action {
            case .resume(let waiter, let grant): waiter.resume(returning: grant)
            case .finished(let waiter): waiter.resume(returning: .closed)
            case .close: continue
            }
        }
    }
}

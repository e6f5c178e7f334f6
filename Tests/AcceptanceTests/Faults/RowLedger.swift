import Synchronization

/// What all senders have sent: attempted and acknowledged.
final class RowLedger: Sendable {
    private struct State {
        var isOpen = true
        var attempted = RowTotals()
        var acknowledged = RowTotals()
        var retries = 0
        var batches: [RowBatch] = []
    }

    private let state = Mutex(State())

    /// Whether senders go on.
    var isOpen: Bool { state.withLock { $0.isOpen } }

    /// Everything that was ever sent.
    var attempted: RowTotals { state.withLock { $0.attempted } }

    /// Everything whose predictions and labels were answered with 200.
    var acknowledged: RowTotals { state.withLock { $0.acknowledged } }

    /// How often something was sent again.
    var retries: Int { state.withLock { $0.retries } }

    /// Every batch that was sent, in the order in which they were begun.
    var batches: [RowBatch] { state.withLock { $0.batches } }

    /// Lets senders end once what they have begun is acknowledged.
    func close() { state.withLock { $0.isOpen = false } }

    /// Notes a batch before it is sent.
    func attempt(_ batch: RowBatch) {
        state.withLock { state in
            state.attempted += batch.totals
            state.batches.append(batch)
        }
    }

    /// Notes a batch that is stored.
    func acknowledge(_ batch: RowBatch) { state.withLock { $0.acknowledged += batch.totals } }

    /// Notes that something is sent again.
    func retry() { state.withLock { $0.retries += 1 } }

    /// Runs senders while the body does what it likes to the service, and waits until all they sent is acknowledged.
    static func withSenders(
        _ count: Int, on clients: ServiceClient..., body: (RowLedger) async throws -> Void
    ) async throws -> RowLedger {
        try await withSenders(count, on: clients, body: body)
    }

    /// The same over several processes, any of which takes any request.
    static func withSenders(
        _ count: Int, on clients: [ServiceClient], body: (RowLedger) async throws -> Void
    ) async throws -> RowLedger {
        let ledger = RowLedger()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<count {
                group.addTask { try await RowSender(number: number, clients: clients, ledger: ledger).run() }
            }
            do { try await body(ledger) } catch {
                group.cancelAll()
                throw error
            }
            ledger.close()
            try await group.waitForAll()
        }
        return ledger
    }

    /// Waits until more rows have been acknowledged.
    func waitForProgress(within limit: Duration = .seconds(60)) async throws {
        let before = acknowledged.rows
        guard try await Waiting.until(within: limit, { acknowledged.rows > before }) else {
            throw Unexpected(description: "nothing has been acknowledged for \(limit)")
        }
    }
}

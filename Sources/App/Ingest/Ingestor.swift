package import Logging
package import Monitoring
import Postgres
import ServiceLifecycle
package import Store
import Synchronization

/// Commits what the queue holds, group by group, and folds it into the windows before anybody is answered.
///
/// The one committer of its writer slot. A group waits while the one before it commits, so groups grow with the load.
package struct Ingestor: Service {
    let queue: IngestQueue
    let writer: LogWriter
    let models: ModelCatalog
    let slot: SlotKeeper
    let store: Store
    let counters: Counters
    let now: @Sendable () -> Time
    let logger: Logger

    /// With all its parts.
    package init(
        queue: IngestQueue,
        writer: LogWriter,
        models: ModelCatalog,
        slot: SlotKeeper,
        store: Store,
        counters: Counters,
        now: @escaping @Sendable () -> Time,
        logger: Logger
    ) {
        self.queue = queue
        self.writer = writer
        self.models = models
        self.slot = slot
        self.store = store
        self.counters = counters
        self.now = now
        self.logger = logger
    }

    package func run() async throws {
        try await withGracefulShutdownHandler {
            while let turn = await queue.next() {
                switch turn {
                case .group(let jobs): try await commit(jobs)
                case .interlude(let body): await body(slot.current)
                }
            }
        } onGracefulShutdown: {
            queue.close()
        }
    }

    private func commit(_ jobs: [IngestQueue.Job]) async throws {
        let settled = await settle(jobs.map(\.submission))
        for (job, outcome) in zip(jobs, settled) {
            switch outcome {
            case .success(let result): job.answer.resume(returning: result)
            case .failure(let error): job.answer.resume(throwing: error)
            }
        }
        if slot.isLost { throw PostgresError.slotLost }
    }

    /// Commits a group; where the database refuses data, its parts by themselves, down to the single row.
    private func settle(_ group: [LogSubmission]) async -> [Result<LogResult, any Error>] {
        do throws(PostgresError) {
            let results = try await commitOnce(group)
            counters.add(to: .groupsCommitted)
            await fold(group, results)
            return results.map { .success($0) }
        } catch {
            if error.sqlState?.blamesData == true { return await settleParts(of: group, error) }
            counters.add(to: .groupsFailed)
            logger.error("a group could not be committed", metadata: ["rows": "\(group.count)", "error": "\(error)"])
            if error == .slotLost { slot.lose() }
            let answer: IngestError = error.isTransient ? .unavailable("\(error.kind)") : .storage("\(error.kind)")
            return group.map { _ in .failure(answer) }
        }
    }

    private func settleParts(
        of group: [LogSubmission], _ error: PostgresError
    ) async -> [Result<LogResult, any Error>] {
        if group.count > 1 {
            var results: [Result<LogResult, any Error>] = []
            for submission in group { results += await settle([submission]) }
            return results
        }
        guard let submission = group.first else { return [] }
        return [await settleHalves(of: submission, error)]
    }

    /// Finds the rows that the database refuses by halving; the others are stored.
    private func settleHalves(of submission: LogSubmission, _ error: PostgresError) async -> Result<
        LogResult, any Error
    > {
        guard submission.count > 1 else {
            var result = LogResult()
            let reason = error.sqlState.map { " (SQLSTATE \($0))" } ?? ""
            result.rejections = [
                RowRejection(
                    index: 0, pointer: "",
                    detail: "the database cannot store this row\(reason); look for unusual values")
            ]
            return .success(result)
        }
        var whole = LogResult()
        let middle = submission.count / 2
        for rows in [Array(0..<middle), Array(middle..<submission.count)] {
            let half = await settle([submission.selecting(rows: rows)])
            switch half[0] {
            case .success(let result): whole.merge(result, rows: rows)
            case .failure(let error): return .failure(error)
            }
        }
        return .success(whole)
    }

    /// Tries a group until it is known whether it is committed.
    ///
    /// A unique violation means that another process made the same record just now: the second try finds it. When the
    /// connection was lost during COMMIT, the slot's position tells whether the group is there.
    private func commitOnce(_ group: [LogSubmission]) async throws(PostgresError) -> [LogResult] {
        var attempt = 1
        while true {
            let decided = Mutex<[LogResult]?>(nil)
            do throws(PostgresError) {
                let results = try await writer.commit(group, slot: slot.current) { results in
                    decided.withLock { $0 = results }
                }
                slot.advance()
                return results
            } catch {
                if error.commitOutcomeUnknown, try await isCommitted(), let results = decided.withLock({ $0 }) {
                    slot.advance()
                    return results
                }
                // A partition that retention dropped at this moment is made again.
                if error.sqlState == .checkViolation { writer.partitions.forget() }
                let again =
                    error.sqlState == .uniqueViolation || error.sqlState == .checkViolation || error.isTransient
                guard again, attempt < 4, error != .slotLost else { throw error }
                attempt += 1
            }
        }
    }

    private func isCommitted() async throws(PostgresError) -> Bool {
        let slot = slot.current
        guard let position = try await store.position(of: slot) else { throw .slotLost }
        return position == slot.position + 1
    }

    /// Folds a committed group. Where that fails the log is ahead of the windows: the process must end and recover.
    private func fold(_ group: [LogSubmission], _ results: [LogResult]) async {
        do {
            for (submission, result) in zip(group, results) {
                try await models.windows(of: submission.model)?.fold(submission, result, wallClock: now())
            }
        } catch {
            logger.critical("committed rows could not be folded", metadata: ["error": "\(error)"])
            slot.lose()
        }
    }
}

extension LogResult {
    /// Adds what became of some rows of the same request.
    mutating func merge(_ part: LogResult, rows: [Int]) {
        fresh += part.fresh.map { rows[$0] }
        duplicates += part.duplicates
        rejections += part.rejections.map {
            RowRejection(index: rows[$0.index], pointer: $0.pointer, detail: $0.detail)
        }
        corrections += part.corrections
        pending += part.pending
        deltas += part.deltas
    }
}

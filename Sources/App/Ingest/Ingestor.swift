package import Logging
package import Monitoring
import Postgres
import ServiceLifecycle
package import Store
import Synchronization

/// Commits what the queue holds, group by group, and folds it into the windows before anybody is answered.
///
/// The one committer of its writer slot. A group waits while the one before it commits, so groups grow with the load. A group
/// is folded while the next one commits; whatever must happen between two groups waits for both.
package struct Ingestor: Service {
    let queue: IngestQueue
    let writer: LogWriter
    let models: ModelCatalog
    let slot: SlotKeeper
    let store: Store
    let counters: Counters
    let now: @Sendable () -> Time
    let logger: Logger
    /// One group is folded after another.
    private let foldTurn = Turn()

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
            let failure: (any Error)? = await withDiscardingTaskGroup { folds in
                do {
                    while let turn = await queue.next() {
                        switch turn {
                        case .group(let jobs): try await commit(jobs, &folds)
                        case .interlude(let body):
                            await folded()
                            await body(slot.current)
                        }
                    }
                    return nil
                } catch {
                    return error
                }
            }
            guard let failure else { return }
            queue.abandon()
            throw failure
        } onGracefulShutdown: {
            queue.close()
        }
    }

    /// Waits until everything that is committed is folded.
    private func folded() async {
        await foldTurn.take()
        await foldTurn.give()
    }

    /// Commits a group, and folds it while the next one commits. Whoever sent it is answered after both.
    private func commit(_ jobs: [IngestQueue.Job], _ folds: inout DiscardingTaskGroup) async throws {
        let group = jobs.map(\.submission)
        do throws(PostgresError) {
            let results = try await commitOnce(group)
            counters.add(to: .groupsCommitted)
            await foldTurn.take()
            folds.addTask {
                await fold(group, results)
                await foldTurn.give()
                Self.answer(jobs, results.map { .success($0) })
            }
        } catch {
            await folded()
            Self.answer(jobs, await settle(group, after: error))
        }
        if slot.isLost { throw PostgresError.slotLost }
    }

    private static func answer(_ jobs: [IngestQueue.Job], _ outcomes: [Result<LogResult, any Error>]) {
        for (job, outcome) in zip(jobs, outcomes) { job.answer.give(outcome) }
    }

    /// Commits and folds part of a group.
    private func settle(_ group: [LogSubmission]) async -> [Result<LogResult, any Error>] {
        do throws(PostgresError) {
            let results = try await commitOnce(group)
            counters.add(to: .groupsCommitted)
            await fold(group, results)
            return results.map { .success($0) }
        } catch {
            return await settle(group, after: error)
        }
    }

    /// What becomes of a group that could not be committed: where the database refuses data, its parts are tried by
    /// themselves, down to the single row.
    private func settle(
        _ group: [LogSubmission], after error: PostgresError
    ) async -> [Result<LogResult, any Error>] {
        if error.sqlState?.blamesData == true { return await settleParts(of: group, error) }
        counters.add(to: .groupsFailed)
        logger.error("a group could not be committed", metadata: ["rows": "\(group.count)", "error": "\(error)"])
        if error == .slotLost { slot.lose() }
        let answer: IngestError = error.isTransient ? .unavailable("\(error.kind)") : .storage("\(error.kind)")
        return group.map { _ in .failure(answer) }
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
        let whole = await settleHalves(of: submission, error)
        guard case .success(let result) = whole, let mark = submission.mark else { return [whole] }
        return await settle([submission.keeping(mark.answer(result), of: mark)]).map { _ in whole }
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
    /// A unique violation means that another process made the same record just now: the second try waits for it and finds it.
    /// When the connection was lost during COMMIT, the slot's position tells whether the group is there.
    private func commitOnce(_ group: [LogSubmission]) async throws(PostgresError) -> [LogResult] {
        var attempt = 1
        var isContended = false
        while true {
            let decided = Mutex<[LogResult]?>(nil)
            do throws(PostgresError) {
                let results = try await writer.commit(group, slot: slot.current, isContended: isContended) { results in
                    decided.withLock { $0 = results }
                }
                slot.advance()
                return results
            } catch {
                if error.commitOutcomeUnknown, try await isCommitted(), let results = decided.withLock({ $0 }) {
                    slot.advance()
                    return results
                }
                // Rows were taken out of the log: what is left of this slot's is folded anew first.
                if error == .slotLost, try await isBehindRemoval() { continue }
                // A partition that retention dropped at this moment is made again; one that another process made is there.
                if error.sqlState == .checkViolation { writer.partitions.forget() }
                if error.sqlState == .uniqueViolation { isContended = true }
                let again = error.sqlState.map(Self.passing.contains) ?? false || error.isTransient
                guard again, attempt < Self.mostAttempts, error != .slotLost else { throw error }
                attempt += 1
            }
        }
    }

    /// Folds what removals of rows left of this slot's; false where that was not why the group was refused.
    private func isBehindRemoval() async throws(PostgresError) -> Bool {
        await folded()
        do {
            return try await RemovalFolder(store: store, models: models, slot: slot).fold(upTo: slot.current.position)
        } catch let error as PostgresError {
            throw error
        } catch {
            logger.critical("rows could not be folded anew", metadata: ["error": "\(error)"])
            throw .slotLost
        }
    }

    /// Errors that another process causes by doing the same thing at the same moment.
    private static let passing: Set<SQLState> = [.uniqueViolation, .checkViolation, .duplicateTable, .duplicateObject]
    private static let mostAttempts = 6

    /// Whether the group whose COMMIT was not answered is there.
    private func isCommitted() async throws(PostgresError) -> Bool {
        let before = slot.current.position
        guard let position = try await slot.settledPosition() else { throw .slotLost }
        return position == before + 1
    }

    /// Folds a committed group. Where that fails the log is ahead of the windows: the process must end and recover.
    private func fold(_ group: [LogSubmission], _ results: [LogResult]) async {
        // The group before this one may have failed while this one was committed: nobody is to judge the one without the other.
        guard !slot.isLost else { return }
        do {
            for part in FoldPart.parts(of: group, results) {
                try await models.windows(of: part.model)?.fold(part, wallClock: now())
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

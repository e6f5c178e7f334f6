import Monitoring
package import Postgres
import Statistics

/// Commits groups of submissions to the log, each in one transaction, in the order of a writer slot.
///
/// A group is: the records of its ids are locked and read, every row is decided in memory, and what is new is written by
/// binary COPY together with the slot's position. Nothing is acknowledged before the COMMIT is.
package struct LogWriter: Sendable {
    let store: Store
    /// Which weeks exist; to be forgotten when a partition turns out to be missing.
    package let partitions: LogPartitions
    private let novelty = Novelty()

    /// A writer on a store; `partitions` remembers which weeks exist.
    package init(store: Store, partitions: LogPartitions = LogPartitions()) {
        self.store = store
        self.partitions = partitions
    }

    /// Commits a group as the slot's next position.
    ///
    /// Where the ids of the last groups were all new, those of this one are taken to be new as well, without a look. The
    /// primary key knows better: at a unique violation the group is tried again with a look at what is stored.
    /// - Parameters:
    ///   - group: the submissions, decided in this order.
    ///   - slot: the slot, held in its term.
    ///   - isContended: whether another process makes records of the same ids at this moment, as a unique violation told.
    ///   - decided: told what the rows will have become once the COMMIT that follows has succeeded.
    /// - Returns: what became of each submission, in order.
    /// - Throws: `PostgresError`; `slotLost` when another process holds the slot by now. Nothing is stored then, except
    ///   when the error says that the outcome of the commit is unknown.
    package func commit(
        _ group: [LogSubmission], slot: WriterSlot, isContended: Bool = false,
        decided: @Sendable ([LogResult]) -> Void = { _ in }
    ) async throws(PostgresError) -> [LogResult] {
        let identities = IdentityPlaces(group)
        try await partitions.prepare(for: group.flatMap(\.eventTimes), on: store.pool)
        let onlyPredictions = group.allSatisfy(\.isPredictions)
        // On a cluster what is looked up is also what orders the groups of several processes.
        if store.layout == .oneServer, onlyPredictions, !isContended, novelty.isExpected {
            do throws(PostgresError) {
                return try await commit(group, identities, .assumedNew, slot, decided)
            } catch {
                guard error.sqlState == .uniqueViolation else { throw error }
                novelty.note(known: 1)
            }
        }
        return try await commit(group, identities, isContended ? .claimed : .found, slot, decided)
    }

    /// How a group learns what is stored about its ids.
    private enum Look {
        /// Not at all.
        case assumedNew
        case found
        /// By making records where there are none, which waits for those that another process makes.
        case claimed
    }

    private func commit(
        _ group: [LogSubmission], _ identities: IdentityPlaces, _ look: Look, _ slot: WriterSlot,
        _ decided: @Sendable ([LogResult]) -> Void
    ) async throws(PostgresError) -> [LogResult] {
        try await store.pool.withTransactionOnThread("log.commit", mode: store.modeByKeys) { tx throws(PostgresError) in
            let now = group.map(\.arrivedAt).max() ?? Time(microseconds: 0)
            let repeats = try await store.claimKeys(group, tx)
            var ledger = IdentityLedger(
                keys: identities.keys, stored: try await stored(identities.keys, look, at: now, tx))
            let results = group.indices.map { place in
                repeats.contains(place) ? .repeated : ledger.decide(group[place], places: identities.places[place])
            }
            try await partitions.prepareInside(for: results.flatMap { $0.deltas.map(\.eventTime) }, tx)
            try await store.change(ledger.updated, at: now, tx)
            try await store.keepAnswers(group, results, tx)
            let place = LogPlace(project: store.project, slot: slot.slot, position: slot.position + 1)
            let rows = [
                store.identityRows(ledger, at: now), store.predictionRows(group, results, place),
                store.outcomeRows(group, results, place),
            ]
            try await store.append(rows, advancing: slot, newest: Self.newestEvents(group, results), tx)
            decided(results)
            return results
        }
    }

    private func stored(
        _ keys: [IdentityKey], _ look: Look, at now: Time, _ tx: PostgresConnection
    ) async throws(PostgresError) -> [StoredIdentity] {
        switch look {
        case .assumedNew: return []
        case .claimed: return try await store.claimIdentities(keys, at: now, tx)
        case .found:
            let stored = try await store.storedIdentities(keys, tx)
            novelty.note(known: stored.count)
            return stored
        }
    }

    /// The greatest event time of new predictions, by model.
    private static func newestEvents(_ group: [LogSubmission], _ results: [LogResult]) -> [Int32: Time] {
        var newest: [Int32: Time] = [:]
        for (submission, result) in zip(group, results) {
            guard case .predictions(let batch) = submission.rows else { continue }
            for row in result.fresh {
                newest[submission.model] = max(newest[submission.model] ?? batch.times[row], batch.times[row])
            }
        }
        return newest
    }
}

/// Where the rows of a group stand in the log.
struct LogPlace: Sendable {
    let project: Int32
    let slot: Int32
    let position: Int64
}

extension LogSubmission {
    /// The event times of predictions; a label has none of its own.
    var eventTimes: [Time] {
        switch rows {
        case .predictions(let batch): batch.times
        case .labels: []
        }
    }
}

package import Monitoring
package import Postgres
import Statistics

/// A stretch of a model's event time whose rows were taken out of the log.
package struct StoredRemoval: Sendable, Equatable {
    package let number: Int64
    package let model: Int32
    /// The first instant of the stretch.
    package let from: Time
    /// The first instant after it.
    package let to: Time
}

/// A saved pane that a removal deleted.
package struct RemovedPane: Sendable {
    package let generation: Int32
    /// Where it was, and the pane for which it stood.
    package let keys: [PaneKey]
    package let content: [UInt8]
}

/// What taking rows out of the log came to.
package struct RemovalResult: Sendable {
    package let number: Int64
    /// How many predictions went.
    package let rows: Int
    /// The saved panes that went with them.
    package let panes: [RemovedPane]
}

/// Taking rows out of the log again.
///
/// The log loses the rows, and every saved pane that begins in their stretch is deleted. No slot can write before it has folded
/// what is left of its own rows there anew, so that the panes of all slots add up to what they were without the rows.
extension Store {
    private static let lock = Statement(
        "removal.lock", "LOCK TABLE writer_slot IN SHARE ROW EXCLUSIVE MODE", timeout: .seconds(60))

    private static let open = Statement(
        "removal.open", "SELECT 1 FROM generation WHERE project = $1 AND model = $2 AND NOT ready")

    private static let predictions = Statement(
        "removal.predictions",
        """
        DELETE FROM prediction WHERE project = $1 AND model = $2 AND event_time >= $3 AND event_time < $4
        RETURNING prediction_id, model_version
        """, timeout: .seconds(600))

    private static let outcomes = Statement(
        "removal.outcomes",
        "DELETE FROM outcome WHERE project = $1 AND model = $2 AND event_time >= $3 AND event_time < $4",
        timeout: .seconds(600))

    private static let panes = Statement(
        "removal.panes",
        """
        DELETE FROM pane p USING (
            SELECT number, $3 - pane_width * interval '1 microsecond' AS before FROM generation
            WHERE project = $1 AND model = $2) g
        WHERE p.project = $1 AND p.model = $2 AND p.generation = g.number AND p.start < $4 AND p.start > g.before
        RETURNING p.generation, p.segment, p.version, p.start, p.sole, coalesce(p.outcomes, p.content)
        """, timeout: .seconds(600))

    // What stands alone cannot be taken apart: the whole day goes, and is folded anew from what the log still has. Other day
    // panes are of panes that go.
    private static let days = Statement(
        "removal.day_panes",
        """
        WITH gone AS (
            DELETE FROM day_pane
            WHERE project = $1 AND model = $2 AND start < $4 AND start > $3::timestamptz - interval '24 hours'
            RETURNING generation, segment, version, start, content, alone
        )
        SELECT generation, segment, version, start, NULL::text, content FROM gone WHERE alone
        """, timeout: .seconds(600))

    private static let raise = Statement(
        "removal.raise",
        """
        UPDATE writer_slot SET removals = removals + 1, expires_at = CASE
            WHEN expires_at >= $2 THEN greatest(expires_at, clock_timestamp() + interval '6 seconds') ELSE expires_at END
        WHERE project = $1 RETURNING removals
        """)

    private static let note = Statement(
        "removal.note",
        """
        INSERT INTO removal (project, number, model, from_time, to_time, removed_at, rows)
        VALUES ($1, $2, $3, $4, $5, $6, $7)
        """)

    private static let after = Statement(
        "removal.after",
        """
        SELECT number, model, from_time, to_time FROM removal WHERE project = $1 AND number > $2 AND number <= $3
        ORDER BY number
        """)

    private static let raised = Statement(
        "removal.raised", "SELECT removals FROM writer_slot WHERE project = $1 AND slot = $2 AND term = $3")

    private static let unfolded = Statement(
        "removal.unfolded", "SELECT slot FROM writer_slot WHERE project = $1 AND folded_removals < $2")

    /// Takes the rows of a stretch `[from, to)` out of the log; nil while a generation of the model is being made.
    package func remove(
        model: Int32, from: Time, to: Time, at now: Time
    ) async throws(PostgresError) -> RemovalResult? {
        let stretch: [PostgresValue] = [
            .int32(project), .int32(model), .timestamp(from.timestamp), .timestamp(to.timestamp),
        ]
        try await settle()
        return try await pool.withTransaction("removal") { tx throws(PostgresError) in
            let started = try await tx.query(Statement("removal.clock", "SELECT clock_timestamp()"), []) {
                row throws(PostgresError) in try row.timestamp(0)
            }.first
            try await tx.execute(Self.lock, [])
            guard try await tx.execute(Self.open, [.int32(project), .int32(model)]) == 0 else { return nil }
            let rows = try await tx.query(Self.predictions, stretch) { row throws(PostgresError) in
                (id: ByteText(try row.string(0)), version: ByteText(try row.string(1)))
            }
            try await tx.execute(Self.outcomes, stretch)
            try await forget(rows, model: model, at: now, tx)
            let days = try await tx.query(Self.days, stretch) { row throws(PostgresError) in try Self.removedPane(row) }
            let starts = days.flatMap { $0.keys.map(\.start) }
            let start = starts.reduce(from, min)
            let end = starts.map { $0 + .days(1) }.reduce(to, max)
            let affected: [PostgresValue] = [.timestamp(start.timestamp), .timestamp(end.timestamp)]
            let panes = try await tx.query(Self.panes, stretch[..<2] + affected) { row throws(PostgresError) in
                try Self.removedPane(row)
            }
            let number =
                try await tx.query(Self.raise, [.int32(project), .timestamp(started)]) {
                    row throws(PostgresError) in try row.int64(0)
                }.max() ?? 0
            try await tx.execute(
                Self.note,
                [.int32(project), .int64(number), .int32(model)] + affected + [
                    .timestamp(now.timestamp), .int64(Int64(rows.count)),
                ])
            return RemovalResult(number: number, rows: rows.count, panes: panes + days)
        }
    }

    private static func removedPane(_ row: borrowing Row) throws(PostgresError) -> RemovedPane {
        RemovedPane(
            generation: try row.int32(0), keys: try Self.paneKeys(row, 1), content: try row.bytes(5))
    }

    /// Forgets predictions by their ids; labels stay and wait for them to come back.
    private func forget(
        _ rows: [(id: ByteText, version: ByteText)], model: Int32, at now: Time, _ tx: PostgresConnection
    ) async throws(PostgresError) {
        for chunk in rows.chunks(of: 10_000) {
            let keyed = chunk.map { (key: IdentityKey(model: model, id: $0.id), version: $0.version) }
            var records = try await identityRecords(Set(keyed.map(\.key)).sorted(), tx)
            for (key, version) in keyed { _ = records[key]?.remove(version: version) }
            try await change(records.map { StoredIdentity(key: $0.key, record: $0.value) }, at: now, tx)
        }
    }

    /// The removals after one and up to another.
    package func removals(after number: Int64, upTo last: Int64) async throws(PostgresError) -> [StoredRemoval] {
        try await pool.query(Self.after, [.int32(project), .int64(number), .int64(last)]) { row throws(PostgresError) in
            StoredRemoval(
                number: try row.int64(0), model: try row.int32(1), from: try row.timestamp(2).time,
                to: try row.timestamp(3).time)
        }
    }

    /// The last removal that the holder of a slot must know of; nil when the slot was taken by another term.
    package func lastRemoval(of slot: WriterSlot) async throws(PostgresError) -> Int64? {
        try await pool.query(Self.raised, [.int32(project), .int32(slot.slot), .int64(slot.term)]) {
            row throws(PostgresError) in try row.int64(0)
        }.first
    }

    /// The slots whose panes do not include a removal yet.
    package func slotsBehind(removal number: Int64) async throws(PostgresError) -> [Int32] {
        try await pool.query(Self.unfolded, [.int32(project), .int64(number)]) { row throws(PostgresError) in
            try row.int32(0)
        }
    }
}

import Monitoring
package import Postgres

/// A right to commit to the log, held until it expires or is renewed.
package struct WriterSlot: Sendable, Equatable {
    /// Which slot; its groups are numbered by `position`.
    package let slot: Int32
    /// Who holds it.
    package let holder: String
    /// Raised each time that it changes hands; every write of the holder checks it.
    package let term: Int64
    /// The last committed group.
    package var position: Int64
    /// The last group that saved panes include.
    package var checkpoint: Int64
    /// Up to which removal of rows the holder's panes are right; every write of the holder checks it.
    package var removals: Int64
}

/// Taking, renewing and giving back writer slots. Leases run in the database's time.
extension Store {
    private static let returned = "RETURNING s.slot, s.term, s.position, s.checkpoint, s.folded_removals"

    private static let takeOwn = Statement(
        "slot.take.own",
        """
        UPDATE writer_slot s
        SET holder = $2, term = s.term + 1, expires_at = clock_timestamp() + $3 * interval '1 second'
        WHERE s.project = $1 AND s.slot = (SELECT min(slot) FROM writer_slot WHERE project = $1 AND holder = $2)
        \(returned)
        """)

    private static let takeFree = Statement(
        "slot.take.free",
        """
        WITH free AS (
            SELECT slot FROM writer_slot WHERE project = $1 AND expires_at < clock_timestamp()
            ORDER BY slot LIMIT 1 FOR UPDATE SKIP LOCKED)
        UPDATE writer_slot s
        SET holder = $2, term = s.term + 1, expires_at = clock_timestamp() + $3 * interval '1 second'
        FROM free WHERE s.project = $1 AND s.slot = free.slot
        \(returned)
        """)

    private static let takeNew = Statement(
        "slot.take.new",
        """
        INSERT INTO writer_slot AS s (project, slot, holder, term, expires_at, removals, folded_removals)
        SELECT $1, coalesce(max(slot) + 1, 0), $2, 1, clock_timestamp() + $3 * interval '1 second',
            coalesce(max(removals), 0), coalesce(max(removals), 0)
        FROM writer_slot WHERE project = $1
        ON CONFLICT (project, slot) DO NOTHING
        \(returned)
        """)

    private static let takeOne = Statement(
        "slot.take",
        """
        INSERT INTO writer_slot AS s (project, slot, holder, term, expires_at, removals, folded_removals)
        SELECT $1, $4, $2, 1, clock_timestamp() + $3 * interval '1 second', coalesce(max(removals), 0),
            coalesce(max(removals), 0)
        FROM writer_slot WHERE project = $1
        ON CONFLICT (project, slot) DO UPDATE
            SET holder = excluded.holder, term = s.term + 1, expires_at = excluded.expires_at
            WHERE s.holder = excluded.holder OR s.expires_at < clock_timestamp()
        \(returned)
        """)

    private static let takeAbandoned = Statement(
        "slot.take.abandoned",
        """
        WITH abandoned AS (
            SELECT slot FROM writer_slot
            WHERE project = $1 AND expires_at < clock_timestamp() AND holder <> $4
                AND (checkpoint < position OR folded_removals < removals)
            ORDER BY slot LIMIT 1 FOR UPDATE SKIP LOCKED)
        UPDATE writer_slot s
        SET holder = $2, term = s.term + 1, expires_at = clock_timestamp() + $3 * interval '1 second'
        FROM abandoned WHERE s.project = $1 AND s.slot = abandoned.slot
        \(returned)
        """)

    private static let renewSlot = Statement(
        "slot.renew",
        """
        UPDATE writer_slot SET expires_at = clock_timestamp() + $4 * interval '1 second'
        WHERE project = $1 AND slot = $2 AND term = $3 AND position >= $5 AND checkpoint >= $6
        """)

    private static let releaseSlot = Statement(
        "slot.release",
        """
        UPDATE writer_slot SET expires_at = clock_timestamp() - interval '1 second'
        WHERE project = $1 AND slot = $2 AND term = $3
        """)

    private static let slotPosition = Statement(
        "slot.position",
        "SELECT position FROM writer_slot WHERE project = $1 AND slot = $2 AND term = $3 FOR UPDATE")

    /// Takes a slot: the holder's own, else one that nobody holds, else a new one.
    package func takeAnyWriterSlot(holder: String, seconds: Double) async throws(PostgresError) -> WriterSlot {
        while true {
            for statement in [Self.takeOwn, Self.takeFree, Self.takeNew] {
                if let slot = try await take(statement, holder: holder, seconds: seconds, []) { return slot }
            }
        }
    }

    /// Takes a certain slot: at once when this holder had it before or nobody holds it, else nil.
    package func takeWriterSlot(
        _ slot: Int32, holder: String, seconds: Double
    ) async throws(PostgresError) -> WriterSlot? {
        try await take(Self.takeOne, holder: holder, seconds: seconds, [.int32(slot)])
    }

    /// Takes a slot whose holder is gone and whose last groups are in no saved pane; nil where there is none.
    ///
    /// A process that the database did not answer for a while is not gone for itself: it renews its slot, and goes on.
    package func takeAbandonedWriterSlot(
        holder: String, besides own: String, seconds: Double
    ) async throws(PostgresError) -> WriterSlot? {
        try await take(Self.takeAbandoned, holder: holder, seconds: seconds, [.text(own)])
    }

    private func take(
        _ statement: Statement, holder: String, seconds: Double, _ more: [PostgresValue]
    ) async throws(PostgresError) -> WriterSlot? {
        let slot = try await pool.query(statement, [.int32(project), .text(holder), .double(seconds)] + more) {
            row throws(PostgresError) in
            WriterSlot(
                slot: try row.int32(0), holder: holder, term: try row.int64(1), position: try row.int64(2),
                checkpoint: try row.int64(3), removals: try row.int64(4))
        }.first
        if slot != nil { try await settle() }
        return slot
    }

    /// Holds the slot for some seconds more; false when somebody else has it now, or when the database has lost what it had
    /// committed, as a standby may have that took over.
    package func renewWriterSlot(_ slot: WriterSlot, seconds: Double) async throws(PostgresError) -> Bool {
        let count = try await pool.execute(
            Self.renewSlot,
            [
                .int32(project), .int32(slot.slot), .int64(slot.term), .double(seconds), .int64(slot.position),
                .int64(slot.checkpoint),
            ])
        return count == 1
    }

    /// Gives the slot back, so that the next process need not wait for the end of its lease.
    package func releaseWriterSlot(_ slot: WriterSlot) async throws(PostgresError) {
        try await pool.execute(Self.releaseSlot, [.int32(project), .int32(slot.slot), .int64(slot.term)])
    }

    /// The slot's committed position in its holder's term, nil when the slot was taken by another term.
    ///
    /// It waits for a transaction of the holder that has not ended yet, so that what it says is final.
    package func position(of slot: WriterSlot) async throws(PostgresError) -> Int64? {
        try await pool.query(Self.slotPosition, [.int32(project), .int32(slot.slot), .int64(slot.term)]) {
            row throws(PostgresError) in try row.int64(0)
        }.first
    }
}

package import Monitoring
package import Postgres

/// Days whose panes go: what is left of them is their day panes.
extension Store {
    private static let ready = Statement(
        "day_pane.ready",
        """
        SELECT d.segment, d.version, d.start, d.slot FROM day_pane d
        WHERE d.project = $1 AND d.model = $2 AND d.generation = $3 AND d.start < $4 AND NOT d.alone
            AND (d.slot = $5 OR d.slot IN (
                SELECT slot FROM writer_slot WHERE project = $1 AND expires_at < clock_timestamp()))
        ORDER BY d.start, d.slot LIMIT $6
        """)

    // Who folds into the slot's panes must not do so meanwhile: the holder that asks, or nobody. A holder that only has not
    // renewed its slot in time may have these panes in memory, and must not come back.
    private static let hold = Statement(
        "day_pane.hold",
        """
        UPDATE writer_slot SET term = CASE WHEN slot = $3 THEN term ELSE term + 1 END
        WHERE project = $1 AND slot = $2 AND (slot = $3 AND term = $4 OR slot <> $3 AND expires_at < clock_timestamp())
        """)

    // A pooled pane that stands for that of a version becomes this when the whole slice leaves, and stands for itself alone when
    // the version does.
    private static let leave = Statement(
        "day_pane.leave",
        """
        WITH gone AS (
            DELETE FROM pane
            WHERE project = $1 AND model = $2 AND generation = $3 AND segment = $4 AND version = $5
                AND start >= $6 AND start < $6::timestamptz + interval '24 hours' AND slot = $7 AND sole IS NULL
            RETURNING stamp + position AS stamp
        ), parted AS (
            UPDATE pane SET version = CASE WHEN $5 = '' THEN sole ELSE '' END, sole = NULL
            WHERE project = $1 AND model = $2 AND generation = $3 AND segment = $4 AND segment = '' AND version = ''
                AND start >= $6 AND start < $6::timestamptz + interval '24 hours' AND slot = $7
                AND sole IS NOT NULL AND ($5 = '' OR sole = $5)
            RETURNING stamp + position AS stamp
        ), parts AS (SELECT stamp FROM gone UNION ALL SELECT stamp FROM parted)
        UPDATE day_pane SET alone = true
        WHERE project = $1 AND model = $2 AND generation = $3 AND segment = $4 AND version = $5 AND start = $6
            AND slot = $7 AND NOT alone AND (parts, stamps) = (SELECT count(*), sum(stamp) FROM parts)
        """)

    private static let raise = Statement(
        "generation.fine_from",
        "UPDATE generation SET fine_from = greatest(fine_from, $4) WHERE project = $1 AND model = $2 AND number = $3")

    /// States that days which end by a time may have no panes but day panes from now on.
    package func raise(fineFrom time: Time, model: Int32, generation: Int32) async throws(PostgresError) {
        let parameters: [PostgresValue] = [
            .int32(project), .int32(model), .int32(generation), .timestamp(time.timestamp),
        ]
        try await pool.withTransaction("generation.fine_from") { tx throws(PostgresError) in
            try await touch(model, tx)
            try await tx.execute(Self.raise, parameters)
        }
    }

    /// Days before a time with a day pane and panes, of a slot and of those that nobody holds, the oldest first.
    package func daysToLeave(
        model: Int32, generation: Int32, before end: Time, slot: Int32, most: Int32
    ) async throws(PostgresError) -> [DayOfSlot] {
        try await pool.query(
            Self.ready,
            [
                .int32(project), .int32(model), .int32(generation), .timestamp(end.timestamp), .int32(slot),
                .int32(most),
            ]
        ) { row throws(PostgresError) in try Self.dayOfSlot(row) }
    }

    /// Removes the panes of a slot's day and leaves its day pane alone.
    ///
    /// Either the day pane is made of exactly these panes, or nothing happens: then false is returned, and the day must be made
    /// again. It also is where another process holds the slot.
    package func leave(
        _ day: DayOfSlot, model: Int32, generation: Int32, holder: WriterSlot
    ) async throws(PostgresError) -> Bool {
        let place = place(day, model, generation)
        let slots: [PostgresValue] = [.int32(project), .int32(day.slot), .int32(holder.slot), .int64(holder.term)]
        do throws(PostgresError) {
            return try await pool.withTransaction("day_pane.leave") { tx throws(PostgresError) in
                guard try await tx.execute(Self.hold, slots) == 1 else { return false }
                guard try await tx.execute(Self.leave, place) == 1 else { throw .otherPanes }
                return true
            }
        } catch {
            guard error.statement == PostgresError.otherPanes.statement else { throw error }
            return false
        }
    }
}

extension PostgresError {
    /// A day pane was made of other panes than there are: the transaction must not take place.
    fileprivate static var otherPanes: PostgresError {
        PostgresError(
            .server(.raisedException), statement: "day_pane.leave.check",
            message: "the day pane was made of other panes than there are")
    }
}

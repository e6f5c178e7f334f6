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
}

extension Store {
    private static let takeSlot = Statement(
        "slot.take",
        """
        INSERT INTO writer_slot AS held (project, slot, holder, term, expires_at)
        VALUES ($1, $2, $3, 1, clock_timestamp() + $4 * interval '1 second')
        ON CONFLICT (project, slot) DO UPDATE
            SET holder = excluded.holder, term = held.term + 1, expires_at = excluded.expires_at
            WHERE held.holder = excluded.holder OR held.expires_at < clock_timestamp()
        RETURNING term, position, checkpoint
        """)

    private static let renewSlot = Statement(
        "slot.renew",
        """
        UPDATE writer_slot SET expires_at = clock_timestamp() + $4 * interval '1 second'
        WHERE project = $1 AND slot = $2 AND term = $3
        """)

    private static let slotPosition = Statement(
        "slot.position", "SELECT position FROM writer_slot WHERE project = $1 AND slot = $2 AND term = $3")

    private static let slotHolder = Statement(
        "slot.read", "SELECT holder FROM writer_slot WHERE project = $1 AND slot = $2")

    /// Takes the slot: at once when this holder had it before or nobody holds it, else nil.
    package func takeWriterSlot(
        _ slot: Int32, holder: String, seconds: Double
    ) async throws(PostgresError) -> WriterSlot? {
        try await pool.query(
            Self.takeSlot, [.int32(project), .int32(slot), .text(holder), .double(seconds)]
        ) { row throws(PostgresError) in
            WriterSlot(
                slot: slot, holder: holder, term: try row.int64(0), position: try row.int64(1),
                checkpoint: try row.int64(2))
        }.first
    }

    /// Holds the slot for some seconds more; false when somebody else has it now.
    package func renewWriterSlot(_ slot: WriterSlot, seconds: Double) async throws(PostgresError) -> Bool {
        let count = try await pool.execute(
            Self.renewSlot, [.int32(project), .int32(slot.slot), .int64(slot.term), .double(seconds)])
        return count == 1
    }

    /// The slot's committed position in its holder's term, nil when the slot was taken by another term.
    package func position(of slot: WriterSlot) async throws(PostgresError) -> Int64? {
        try await pool.query(Self.slotPosition, [.int32(project), .int32(slot.slot), .int64(slot.term)]) {
            row throws(PostgresError) in try row.int64(0)
        }.first
    }

    /// Who holds the slot, for a message.
    package func writerSlotHolder(_ slot: Int32) async throws(PostgresError) -> String? {
        try await pool.query(Self.slotHolder, [.int32(project), .int32(slot)]) { row throws(PostgresError) in
            try row.string(0)
        }.first
    }
}

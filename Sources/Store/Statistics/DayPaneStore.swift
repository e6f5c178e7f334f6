package import Monitoring
package import Postgres
import Statistics

/// Which day of which slice a slot has panes of.
package struct DayOfSlot: Sendable, Hashable {
    /// The slice, and the start of the day.
    package let key: PaneKey
    package let slot: Int32

    package init(key: PaneKey, slot: Int32) {
        self.key = key
        self.slot = slot
    }
}

/// What a slot's panes of a day add up to, and which panes these were.
package struct DayPane: Sendable {
    package let day: DayOfSlot
    package let pane: Pane
    /// How many panes it was made from, and the sum of their stamps.
    package let parts: Int64
    package let stamps: Int64

    package init(day: DayOfSlot, pane: Pane, parts: Int64, stamps: Int64) {
        self.day = day
        self.pane = pane
        self.parts = parts
        self.stamps = stamps
    }
}

/// Something of which a day is made: a slot's day pane, or one of its panes that no day pane stands for.
package struct DayPart: Sendable {
    /// The start of the day.
    package let day: Time
    package let slot: Int32
    /// The start of the pane; nil for a day pane.
    package let start: Time?
    package let content: [UInt8]
    /// The outcomes of a pane, where these are saved by themselves.
    package let outcomes: [UInt8]?
}

/// Day panes: made, read, and left alone.
extension Store {
    /// The day that a pane lies in.
    private static func day(_ start: String) -> String {
        "date_bin('1 day', \(start), timestamptz '1970-01-01 00:00:00+00')"
    }

    // A day pane holds while the panes that it was made from are the slot's panes of that day.
    private static let parts = Statement(
        "day_pane.parts",
        """
        WITH known AS (
            SELECT start, slot, content, alone, parts, stamps FROM day_pane
            WHERE project = $1 AND model = $2 AND generation = $3 AND segment = $4 AND version = $5
                AND start >= $6 AND start < $7
        ), fine AS MATERIALIZED (
            SELECT start, \(day("start")) AS day, slot, stamp + position AS stamp, content, outcomes
            FROM \(paneBySlice) p
            WHERE project = $1 AND model = $2 AND generation = $3 AND segment = $4 AND version = $5
                AND start >= $6 AND start < $7
        ), present AS MATERIALIZED (
            SELECT day, slot, count(*) AS parts, sum(stamp)::int8 AS stamps FROM fine GROUP BY day, slot
        ), whole AS MATERIALIZED (
            SELECT k.start, k.slot, k.content, k.alone FROM known k
            LEFT JOIN present f ON f.day = k.start AND f.slot = k.slot
            WHERE k.alone OR (
                k.parts = f.parts AND k.stamps = f.stamps AND (k.slot <> $8 OR k.start <> ALL ($9::timestamptz[])))
        )
        SELECT start, slot, NULL::timestamptz, content, NULL::bytea FROM whole
        UNION ALL
        SELECT f.day, f.slot, f.start, f.content, f.outcomes FROM fine f
        WHERE (f.day, f.slot) NOT IN (SELECT start, slot FROM whole WHERE NOT alone)
            AND (f.day < $10 OR f.day IN (SELECT start FROM whole))
        """)

    private static let unmade = Statement(
        "day_pane.unmade",
        """
        SELECT f.segment, f.version, f.day, f.slot FROM (
            SELECT segment, version, \(day("start")) AS day, slot, count(*) AS parts,
                sum(stamp + position) AS stamps
            FROM \(paneBySlice) p
            WHERE project = $1 AND model = $2 AND generation = $3 AND start < $4
            GROUP BY 1, 2, 3, 4) f
        LEFT JOIN day_pane d ON d.project = $1 AND d.model = $2 AND d.generation = $3 AND d.segment = f.segment
            AND d.version = f.version AND d.start = f.day AND d.slot = f.slot
        WHERE d.start IS NULL OR (NOT d.alone AND (d.parts <> f.parts OR d.stamps <> f.stamps))
        ORDER BY f.day LIMIT $5
        """, timeout: .seconds(600))

    private static let fine = Statement(
        "day_pane.fine",
        """
        SELECT stamp + position, content, outcomes FROM \(paneBySlice) p
        WHERE project = $1 AND model = $2 AND generation = $3 AND segment = $4 AND version = $5
            AND start >= $6 AND start < $7 AND slot = $8
        """)

    private static let save = Statement(
        "day_pane.save",
        """
        INSERT INTO day_pane AS d (
            project, model, generation, segment, version, start, slot, content, predictions, newest_event, parts, stamps)
        SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12
        WHERE EXISTS (SELECT 1 FROM generation g WHERE g.project = $1 AND g.model = $2 AND g.number = $3)
        ON CONFLICT (project, model, generation, segment, version, start, slot) DO UPDATE
        SET content = excluded.content, predictions = excluded.predictions, newest_event = excluded.newest_event,
            parts = excluded.parts, stamps = excluded.stamps
        WHERE NOT d.alone
        """)

    /// What days in `[from, to)` are made of, each slot's by itself.
    ///
    /// Of days that end after `fineFrom` and have no day pane that holds there is nothing. The day panes of a slot are passed over
    /// on its days that are `unsaved`: its panes are told instead.
    package func dayParts(
        model: Int32, generation: Int32, slice: Slice, from: Time, to: Time, fineFrom: Time?, slot: Int32,
        unsaved: [Time]
    ) async throws(PostgresError) -> [DayPart] {
        try await pool.query(
            Self.parts,
            [
                .int32(project), .int32(model), .int32(generation), .text(slice.segment.string),
                .text(slice.version.string), .timestamp(from.timestamp), .timestamp(to.timestamp), .int32(slot),
                .array(unsaved.map(\.timestamp)), .timestamp((fineFrom ?? from).timestamp),
            ]
        ) { row throws(PostgresError) in
            DayPart(
                day: try row.timestamp(0).time, slot: try row.int32(1), start: try row.timestampIfPresent(2)?.time,
                content: try row.bytes(3), outcomes: row.isNull(4) ? nil : try row.bytes(4))
        }
    }

    /// Days before a time whose panes have no day pane, or one that was made of others, the oldest first.
    package func unmadeDays(
        model: Int32, generation: Int32, before end: Time, most: Int32
    ) async throws(PostgresError) -> [DayOfSlot] {
        try await pool.query(
            Self.unmade,
            [.int32(project), .int32(model), .int32(generation), .timestamp(end.timestamp), .int32(most)]
        ) { row throws(PostgresError) in try Self.dayOfSlot(row) }
    }

    static func dayOfSlot(_ row: borrowing Row) throws(PostgresError) -> DayOfSlot {
        let slice = Slice(segment: ByteText(try row.string(0)), version: ByteText(try row.string(1)))
        return DayOfSlot(key: PaneKey(slice: slice, start: try row.timestamp(2).time), slot: try row.int32(3))
    }

    /// The saved panes of a slot's day, with their stamps.
    package func panes(
        of day: DayOfSlot, model: Int32, generation: Int32
    ) async throws(PostgresError) -> [(stamp: Int64, content: [UInt8], outcomes: [UInt8]?)] {
        let parameters = place(day, model, generation)
        return try await pool.query(
            Self.fine,
            Array(parameters.dropLast()) + [.timestamp((day.key.start + .days(1)).timestamp), .int32(day.slot)]
        ) { row throws(PostgresError) in
            (stamp: try row.int64(0), content: try row.bytes(1), outcomes: row.isNull(2) ? nil : try row.bytes(2))
        }
    }

    /// Keeps a day pane, in the place of one that was made before; one that stands alone stays.
    package func save(_ day: DayPane, model: Int32, generation: Int32) async throws(PostgresError) {
        try await pool.execute(
            Self.save,
            place(day.day, model, generation) + [
                .bytes(day.pane.encoded()), .int64(Int64(day.pane.predictions)),
                .timestamp(day.pane.newestEvent?.timestamp), .int64(day.parts), .int64(day.stamps),
            ])
    }

    func place(_ day: DayOfSlot, _ model: Int32, _ generation: Int32) -> [PostgresValue] {
        [
            .int32(project), .int32(model), .int32(generation), .text(day.key.segment.string),
            .text(day.key.version.string), .timestamp(day.key.start.timestamp), .int32(day.slot),
        ]
    }
}

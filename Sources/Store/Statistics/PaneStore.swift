package import Monitoring
package import Postgres
package import Statistics

/// Panes and checkpoints.
extension Store {
    private static let load = Statement(
        "pane.load",
        """
        SELECT p.segment, p.version, p.start, p.slot, p.content, p.outcomes, p.sole
        FROM unnest($4::text[], $5::text[]) AS wanted (segment, version)
        JOIN \(paneBySlice) p ON p.project = $1 AND p.model = $2 AND p.generation = $3
            AND p.segment = wanted.segment AND p.version = wanted.version AND p.start >= $6 AND p.start < $7
        ORDER BY p.segment, p.version, p.start, p.slot
        """)

    private static let count = Statement(
        "pane.count",
        """
        SELECT start, sum(predictions)::int8, max(newest_event) FROM pane
        WHERE project = $1 AND model = $2 AND generation = $3 AND segment = '' AND version = ''
            AND start >= $4 AND start < $5
        GROUP BY start
        """)

    private static let counted = Statement(
        "pane.counted",
        """
        SELECT DISTINCT g.model, g.number FROM unnest($2::int4[], $3::int4[]) AS wanted (model, number)
        JOIN generation g ON g.project = $1 AND g.model = wanted.model AND g.number = wanted.number
        """)

    private static let replace = Statement(
        "pane.replace",
        """
        DELETE FROM pane p
        USING unnest($1::int4[], $2::int4[], $3::int4[], $4::text[], $5::text[], $6::timestamptz[])
            AS new (project, model, generation, segment, version, start)
        WHERE p.project = new.project AND p.slot + 0 = $7 AND p.model = new.model AND p.generation = new.generation
            AND p.segment = new.segment AND p.version = new.version AND p.start = new.start
        """)

    private static let changeOutcomes = Statement(
        "pane.outcomes",
        """
        UPDATE pane p SET outcomes = new.outcomes, position = $9, stamp = $10
        FROM unnest($1::int4[], $2::int4[], $3::int4[], $4::text[], $5::text[], $6::timestamptz[], $8::bytea[])
            AS new (project, model, generation, segment, version, start, outcomes)
        WHERE p.project = new.project AND p.slot + 0 = $7 AND p.model = new.model AND p.generation = new.generation
            AND p.segment = new.segment AND p.version = new.version AND p.start = new.start
        """)

    // By itself: Citus calls no sequence where rows of other servers change.
    private static let stamp = Statement("pane.stamp", "SELECT nextval('pane_stamp')")

    private static let columns = [
        "project", "model", "generation", "segment", "version", "start", "slot", "content", "outcomes", "predictions",
        "newest_event", "position", "sole",
    ]

    private static let saveCategories = Statement(
        "category.save",
        """
        INSERT INTO category (project, model, feature, key, name)
        SELECT $1, model, feature, key, name
        FROM unnest($2::int4[], $3::text[], $4::bytea[], $5::text[]) AS new (model, feature, key, name)
        ON CONFLICT DO NOTHING
        """)

    private static let saveCheckpoint = Statement(
        "slot.checkpoint",
        """
        UPDATE writer_slot SET checkpoint = $4, folded_removals = $5
        WHERE project = $1 AND slot = $2 AND term = $3 AND checkpoint BETWEEN $6 AND $4 AND position >= $4 AND removals = $5
        """)

    private static let touchNames = Statement(
        "model.touch.names",
        """
        UPDATE model m SET names = m.names + 1
        FROM (SELECT id FROM model WHERE project = $1 AND id = ANY ($2::int4[]) ORDER BY id FOR UPDATE) AS touched
        WHERE m.project = $1 AND m.id = touched.id
        """)

    /// The saved panes of some slices that start in `[from, to)`, those of a slice by start, each slot's by themselves.
    package func panes(
        model: Int32, generation: Int32, slices: [Slice], from: Time, to: Time
    ) async throws(PostgresError) -> [SavedPane] {
        try await pool.query(
            Self.load,
            [
                .int32(project), .int32(model), .int32(generation), .array(slices.map(\.segment.string)),
                .array(slices.map(\.version.string)), .timestamp(from.timestamp), .timestamp(to.timestamp),
            ]
        ) { row throws(PostgresError) in
            let slice = Slice(segment: ByteText(try row.string(0)), version: ByteText(try row.string(1)))
            return SavedPane(
                key: PaneKey(slice: slice, start: try row.timestamp(2).time), slot: try row.int32(3),
                content: try row.bytes(4), outcomes: row.isNull(5) ? nil : try row.bytes(5),
                sole: row.isNull(6) ? nil : ByteText(try row.string(6)))
        }
    }

    /// How many predictions the saved pooled panes hold that start in `[from, to)`, without reading the panes.
    package func volumes(
        model: Int32, generation: Int32, from: Time, to: Time
    ) async throws(PostgresError) -> [(start: Time, predictions: Int64, newestEvent: Time?)] {
        try await pool.query(
            Self.count,
            [
                .int32(project), .int32(model), .int32(generation), .timestamp(from.timestamp),
                .timestamp(to.timestamp),
            ]
        ) { row throws(PostgresError) in
            (
                start: try row.timestamp(0).time, predictions: try row.value(1, as: Int64.self),
                newestEvent: try row.timestampIfPresent(2)?.time
            )
        }
    }

    /// The newest event that saved panes of a model hold; nil without any.
    package func newestSavedEvent(model: Int32) async throws(PostgresError) -> Time? {
        try await pool.query(
            Statement(
                "pane.newest",
                """
                SELECT max(newest_event) FROM pane
                WHERE project = $1 AND model = $2 AND segment = '' AND version = ''
                """), [.int32(project), .int32(model)]
        ) { row throws(PostgresError) in try row.timestampIfPresent(0)?.time }.first ?? nil
    }

    /// Saves changed panes and the position that they include, all or nothing.
    ///
    /// Where the database has lost groups or checkpoints that it had committed, as a standby may have that took over, the slot is
    /// lost with them: what is in memory follows from rows that are not there.
    package func save(_ checkpoint: Checkpoint, slot: WriterSlot) async throws(PostgresError) {
        let project = project
        try await pool.withTransaction("checkpoint", mode: modeByKeys) { tx throws(PostgresError) in
            for panes in checkpoint.panes.filter(\.needsContent).chunks(of: 100) {
                try await replace(panes, position: checkpoint.position, slot: slot.slot, tx)
            }
            for panes in checkpoint.panes.filter({ !$0.needsContent }).chunks(of: 1000) {
                let stamp = try await tx.query(Self.stamp, []) { row throws(PostgresError) in try row.int64(0) }.first
                try await tx.execute(
                    Self.changeOutcomes,
                    keys(of: panes) + [
                        .int32(slot.slot), .array(panes.map { $0.parts.outcomes ?? [] }), .int64(checkpoint.position),
                        .int64(stamp),
                    ])
            }
            try await saveNames(of: checkpoint, tx)
            let saved = try await tx.execute(
                Self.saveCheckpoint,
                [
                    .int32(project), .int32(slot.slot), .int64(slot.term), .int64(checkpoint.position),
                    .int64(checkpoint.removals), .int64(slot.checkpoint),
                ])
            guard saved == 1 else { throw .slotLost }
        }
        // What is saved is dropped from memory and read again.
        if !checkpoint.panes.isEmpty { try await settle() }
    }

    /// Puts panes in the place of those that were saved before, as far as their generations are still there.
    ///
    /// By COPY, because the bytes of panes are many: as parameters of a statement they would be copied five times.
    private func replace(
        _ panes: ArraySlice<StoredPane>, position: Int64, slot: Int32, _ tx: PostgresConnection
    ) async throws(PostgresError) {
        let keys = keys(of: panes)
        let counted = Set(
            try await tx.query(Self.counted, [.int32(project)] + keys[1..<3]) { row throws(PostgresError) in
                [try row.int32(0), try row.int32(1)]
            })
        try await tx.execute(Self.replace, keys + [.int32(slot)])
        let (kept, project) = (panes.filter { counted.contains([$0.model, $0.generation]) }, project)
        guard !kept.isEmpty else { return }
        try await tx.copy(into: "pane", columns: Self.columns, count: kept.count) { numbers, copy in
            for pane in kept[numbers] {
                copy.beginRow()
                copy.append(int32: project)
                copy.append(int32: pane.model)
                copy.append(int32: pane.generation)
                copy.append(text: pane.key.segment.string)
                copy.append(text: pane.key.version.string)
                copy.append(timestamp: pane.key.start.timestamp)
                copy.append(int32: slot)
                let parts = pane.parts
                copy.append(bytes: parts.content)
                copy.append(bytes: parts.outcomes)
                copy.append(int64: Int64(pane.predictions))
                copy.append(timestamp: pane.newestEvent?.timestamp)
                copy.append(int64: position)
                copy.append(text: pane.sole?.string)
            }
        }
    }

    /// Where panes are, a column for each part of their keys.
    private func keys(of panes: ArraySlice<StoredPane>) -> [PostgresValue] {
        [
            .array(panes.map { _ in project }), .array(panes.map(\.model)), .array(panes.map(\.generation)),
            .array(panes.map { $0.key.segment.string }), .array(panes.map { $0.key.version.string }),
            .array(panes.map { $0.key.start.timestamp }),
        ]
    }

    private func saveNames(of checkpoint: Checkpoint, _ tx: PostgresConnection) async throws(PostgresError) {
        if !checkpoint.categories.isEmpty {
            let names = checkpoint.categories
            try await tx.execute(
                Self.saveCategories,
                [
                    .int32(project), .array(names.map(\.model)), .array(names.map(\.feature.string)),
                    .array(names.map { IdentityKey(model: 0, id: $0.name).octets }), .array(names.map(\.name.string)),
                ])
            try await tx.execute(
                Self.touchNames, [.int32(project), .array(Set(names.map(\.model)).sorted())])
        }
    }

    /// The categories of a model beyond its reference's, by feature.
    package func categories(model: Int32) async throws(PostgresError) -> [(feature: ByteText, name: ByteText)] {
        try await pool.query(
            Statement("category.load", "SELECT feature, name FROM category WHERE project = $1 AND model = $2"),
            [.int32(project), .int32(model)]
        ) { row throws(PostgresError) in
            (feature: ByteText(try row.string(0)), name: ByteText(try row.string(1)))
        }
    }
}

extension Array {
    /// The elements in runs of at most `size`.
    func chunks(of size: Int) -> [ArraySlice<Element>] {
        stride(from: 0, to: count, by: size).map { self[$0..<Swift.min($0 + size, count)] }
    }
}

package import Monitoring
package import Postgres
package import Statistics

/// A pane that is to be saved, with its place.
///
/// As it was at the checkpoint; its bytes are made when they are written, so that the committer does not wait for that.
package struct StoredPane: Sendable {
    package let model: Int32
    package let generation: Int32
    package let key: PaneKey
    private let pane: Pane
    /// Whether anything but the outcomes and the revision must be written.
    let needsContent: Bool

    /// A pane of which all must be saved, or where nothing else `differsInRows` its outcomes.
    package init(model: Int32, generation: Int32, key: PaneKey, pane: Pane, differsInRows: Bool = true) {
        self.model = model
        self.generation = generation
        self.key = key
        self.pane = pane
        needsContent = differsInRows || pane.outcomeHalf == nil
    }

    /// How many predictions it holds, beside the bytes so that long stretches can be counted without reading these.
    var predictions: Int { pane.predictions }

    /// Its newest event; nil without rows.
    var newestEvent: Time? { pane.newestEvent }

    /// The pane, without its outcomes where these are saved by themselves.
    var content: [UInt8] {
        pane.outcomes.isEmpty || pane.outcomeHalf == nil ? pane.encoded() : pane.rowHalf.encoded()
    }

    /// The outcomes and the revision; nil where they are part of the content.
    var outcomes: [UInt8]? {
        needsContent && pane.outcomes.isEmpty ? nil : pane.outcomeHalf?.encoded()
    }
}

/// A name that a model got to know: a category of a feature beyond the reference's.
package struct StoredCategory: Sendable, Hashable {
    package let model: Int32
    package let feature: ByteText
    package let name: ByteText

    package init(model: Int32, feature: ByteText, name: ByteText) {
        self.model = model
        self.feature = feature
        self.name = name
    }
}

/// What a checkpoint saves: everything folded up to a position that was not saved before.
package struct Checkpoint: Sendable {
    package var position: Int64
    /// Up to which removal of rows the panes are right.
    package var removals: Int64
    package var panes: [StoredPane] = []
    package var categories: [StoredCategory] = []

    package init(position: Int64, removals: Int64) {
        self.position = position
        self.removals = removals
    }

    /// Whether there is nothing to save but the position.
    package var isEmpty: Bool { panes.isEmpty && categories.isEmpty }
}

/// Panes and checkpoints.
extension Store {
    private static let load = Statement(
        "pane.load",
        """
        SELECT p.segment, p.version, p.start, p.slot, p.content, p.outcomes
        FROM unnest($4::text[], $5::text[]) AS wanted (segment, version)
        JOIN pane p ON p.project = $1 AND p.model = $2 AND p.generation = $3
            AND p.segment = wanted.segment AND p.version = wanted.version AND p.start >= $6 AND p.start < $7
        ORDER BY p.segment, p.version, p.start, p.slot
        """)

    private static let count = Statement(
        "pane.count",
        """
        SELECT start, sum(predictions)::int8, max(newest_event) FROM pane
        WHERE project = $1 AND model = $2 AND generation = $3 AND segment = $4 AND version = $5
            AND start >= $6 AND start < $7
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
        USING unnest($3::int4[], $4::int4[], $5::text[], $6::text[], $7::timestamptz[])
            AS new (model, generation, segment, version, start)
        WHERE p.project = $1 AND p.slot = $2 AND p.model = new.model AND p.generation = new.generation
            AND p.segment = new.segment AND p.version = new.version AND p.start = new.start
        """)

    private static let changeOutcomes = Statement(
        "pane.outcomes",
        """
        UPDATE pane p SET outcomes = new.outcomes, position = $9, stamp = $10
        FROM unnest($3::int4[], $4::int4[], $5::text[], $6::text[], $7::timestamptz[], $8::bytea[])
            AS new (model, generation, segment, version, start, outcomes)
        WHERE p.project = $1 AND p.slot = $2 AND p.model = new.model AND p.generation = new.generation
            AND p.segment = new.segment AND p.version = new.version AND p.start = new.start
        """)

    // By itself: Citus calls no sequence where rows of other servers change.
    private static let stamp = Statement("pane.stamp", "SELECT nextval('pane_stamp')")

    private static let columns = [
        "project", "model", "generation", "segment", "version", "start", "slot", "content", "outcomes", "predictions",
        "newest_event", "position",
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
        WHERE project = $1 AND slot = $2 AND term = $3 AND checkpoint <= $4 AND removals = $5
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
    ) async throws(PostgresError) -> [(key: PaneKey, slot: Int32, content: [UInt8], outcomes: [UInt8]?)] {
        try await pool.query(
            Self.load,
            [
                .int32(project), .int32(model), .int32(generation), .array(slices.map(\.segment.string)),
                .array(slices.map(\.version.string)), .timestamp(from.timestamp), .timestamp(to.timestamp),
            ]
        ) { row throws(PostgresError) in
            let slice = Slice(segment: ByteText(try row.string(0)), version: ByteText(try row.string(1)))
            return (
                PaneKey(slice: slice, start: try row.timestamp(2).time), try row.int32(3), try row.bytes(4),
                row.isNull(5) ? nil : try row.bytes(5)
            )
        }
    }

    /// How many predictions the saved panes of a slice hold that start in `[from, to)`, without reading the panes.
    package func volumes(
        model: Int32, generation: Int32, slice: Slice, from: Time, to: Time
    ) async throws(PostgresError) -> [(start: Time, predictions: Int64, newestEvent: Time?)] {
        try await pool.query(
            Self.count,
            [
                .int32(project), .int32(model), .int32(generation), .text(slice.segment.string),
                .text(slice.version.string), .timestamp(from.timestamp), .timestamp(to.timestamp),
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
                    [.int32(project), .int32(slot.slot)] + Self.keys(of: panes) + [
                        .array(panes.map { $0.outcomes ?? [] }), .int64(checkpoint.position), .int64(stamp),
                    ])
            }
            try await saveNames(of: checkpoint, tx)
            let saved = try await tx.execute(
                Self.saveCheckpoint,
                [
                    .int32(project), .int32(slot.slot), .int64(slot.term), .int64(checkpoint.position),
                    .int64(checkpoint.removals),
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
        let keys = Self.keys(of: panes)
        let counted = Set(
            try await tx.query(Self.counted, [.int32(project)] + keys[..<2]) { row throws(PostgresError) in
                [try row.int32(0), try row.int32(1)]
            })
        try await tx.execute(Self.replace, [.int32(project), .int32(slot)] + keys)
        var copy = CopyWriter(columns: Self.columns.count)
        for pane in panes where counted.contains([pane.model, pane.generation]) {
            copy.beginRow()
            copy.append(int32: project)
            copy.append(int32: pane.model)
            copy.append(int32: pane.generation)
            copy.append(text: pane.key.segment.string)
            copy.append(text: pane.key.version.string)
            copy.append(timestamp: pane.key.start.timestamp)
            copy.append(int32: slot)
            copy.append(bytes: pane.content)
            copy.append(bytes: pane.outcomes)
            copy.append(int64: Int64(pane.predictions))
            copy.append(timestamp: pane.newestEvent?.timestamp)
            copy.append(int64: position)
        }
        guard !copy.isEmpty else { return }
        try await tx.copy(into: "pane", columns: Self.columns, from: copy)
    }

    /// Where panes are, a column for each part of their keys.
    private static func keys(of panes: ArraySlice<StoredPane>) -> [PostgresValue] {
        [
            .array(panes.map(\.model)), .array(panes.map(\.generation)),
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
                    .array(names.map { IdentityKey(model: 0, id: $0.name).bytes }), .array(names.map(\.name.string)),
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

package import Monitoring
package import Postgres

/// Generations of panes, and the positions from which slots fold into them.
extension Store {
    private static let list = Statement(
        "generation.list",
        """
        SELECT g.number, g.pane_width, g.reference_version, g.effective_from, g.covers_from, g.ready, g.reference_name,
            g.definition, g.retired_at IS NOT NULL,
            NOT g.ready AND NOT EXISTS (
                SELECT 1 FROM writer_slot s WHERE s.project = g.project AND s.slot = g.maker_slot
                    AND s.term = g.maker_term AND s.expires_at >= clock_timestamp()),
            j.position, g.fine_from
        FROM generation g LEFT JOIN generation_slot j
            ON j.project = g.project AND j.model = g.model AND j.generation = g.number AND j.slot = $3
        WHERE g.project = $1 AND g.model = $2 ORDER BY g.number
        """)

    private static let insert = Statement(
        "generation.insert",
        """
        INSERT INTO generation (
            project, model, number, pane_width, reference_version, effective_from, covers_from, ready, reference_name,
            maker_slot, maker_term, definition)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
        ON CONFLICT (project, model, number) DO NOTHING
        """)

    private static let number = Statement(
        "generation.number",
        """
        UPDATE model SET generations = generations + 1, revision = revision + 1
        WHERE project = $1 AND id = $2 AND ($3::int8 IS NULL OR revision = $3)
        RETURNING generations
        """)

    private static let open = Statement(
        "generation.open",
        """
        SELECT 1 FROM generation g JOIN writer_slot s
            ON s.project = g.project AND s.slot = g.maker_slot AND s.term = g.maker_term
        WHERE g.project = $1 AND g.model = $2 AND NOT g.ready AND s.expires_at >= clock_timestamp()
        """)

    private static let finish = Statement(
        "generation.finish",
        """
        UPDATE generation g SET ready = true
        WHERE g.project = $1 AND g.model = $2 AND g.number = $3 AND NOT g.ready AND EXISTS (
            SELECT 1 FROM writer_slot s
            WHERE s.project = g.project AND s.slot = g.maker_slot AND s.term = g.maker_term FOR SHARE)
        """)

    private static let retire = Statement(
        "generation.retire",
        """
        UPDATE generation SET retired_at = clock_timestamp()
        WHERE project = $1 AND model = $2 AND number = ANY ($3::int4[])
        """)

    private static let adopt = Statement(
        "generation.adopt",
        """
        UPDATE model SET definition = coalesce($3, definition), updated_at = CASE WHEN $3 IS NULL THEN updated_at ELSE $4 END,
            revision = revision + 1
        WHERE project = $1 AND id = $2
        """)

    private static let left = Statement(
        "generation.left",
        """
        SELECT g.model, g.number FROM generation g
        WHERE g.project = $1 AND (
            g.retired_at < clock_timestamp() - interval '30 seconds'
            OR NOT g.ready AND NOT EXISTS (
                SELECT 1 FROM writer_slot s WHERE s.project = g.project AND s.slot = g.maker_slot
                    AND s.term = g.maker_term AND s.expires_at >= clock_timestamp()))
        """)

    /// The generations of a model, oldest first, as the holder of a slot must know them.
    package func generations(model: Int32, slot: Int32) async throws(PostgresError) -> [StoredGeneration] {
        try await pool.query(Self.list, [.int32(project), .int32(model), .int32(slot)]) { row throws(PostgresError) in
            var generation = StoredGeneration(
                number: try row.int32(0), paneWidth: PrometheusDuration(microseconds: try row.int64(1)),
                referenceName: try row.string(6), referenceVersion: try row.int32(2),
                effectiveFrom: try row.timestampIfPresent(3)?.time,
                coversFrom: try row.timestampIfPresent(4)?.time, ready: try row.bool(5),
                definition: try row.stringIfPresent(7))
            generation.isRetired = try row.bool(8)
            generation.isOrphan = try row.bool(9)
            generation.foldedAfter = row.isNull(10) ? nil : try row.int64(10)
            generation.fineFrom = try row.timestampIfPresent(11)?.time
            return generation
        }
    }

    /// Keeps the first generation of a new model, which has nothing to fold.
    package func putFirst(_ generation: StoredGeneration, model: Int32) async throws(PostgresError) {
        try await pool.execute(Self.insert, row(generation, number: generation.number, model: model, maker: nil))
    }

    /// Begins a new generation, made by the holder of a slot; nil while another one of the model is being made, or when the
    /// model has changed since a revision.
    package func begin(
        _ generation: StoredGeneration, model: Int32, since revision: Int64?, maker: WriterSlot
    ) async throws(PostgresError) -> StoredGeneration? {
        try await pool.withTransaction("generation.begin") { tx throws(PostgresError) in
            let numbers = try await tx.query(Self.number, [.int32(project), .int32(model), .int64(revision)]) {
                row throws(PostgresError) in try row.int32(0)
            }
            guard let number = numbers.first else { return nil }
            guard try await tx.execute(Self.open, [.int32(project), .int32(model)]) == 0 else { return nil }
            try await tx.execute(Self.insert, row(generation, number: number, model: model, maker: maker))
            return StoredGeneration(
                number: number, paneWidth: generation.paneWidth, referenceName: generation.referenceName,
                referenceVersion: generation.referenceVersion, effectiveFrom: generation.effectiveFrom,
                coversFrom: generation.coversFrom, ready: false, definition: generation.definition)
        }
    }

    private func row(
        _ generation: StoredGeneration, number: Int32, model: Int32, maker: WriterSlot?
    ) -> [PostgresValue] {
        [
            .int32(project), .int32(model), .int32(number), .int64(generation.paneWidth.microseconds),
            .int32(generation.referenceVersion), .timestamp(generation.effectiveFrom?.timestamp),
            .timestamp(generation.coversFrom?.timestamp), .bool(generation.ready), .text(generation.referenceName),
            .int32(maker?.slot), .int64(maker?.term), .json(generation.definition),
        ]
    }

    /// Puts a generation in force with the definition that belongs to it, unless its maker is not its maker any more.
    package func finish(
        _ generation: StoredGeneration, model: Int32, replacing replaced: [Int32], at now: Time
    ) async throws(PostgresError) {
        try await pool.withTransaction("generation.finish") { tx throws(PostgresError) in
            // The row of the model first, as everywhere.
            try await tx.execute(
                Self.adopt,
                [
                    .int32(project), .int32(model), .json(generation.definition), .timestamp(now.timestamp),
                ])
            let done = try await tx.execute(
                Self.finish, [.int32(project), .int32(model), .int32(generation.number)])
            guard done == 1 else {
                throw PostgresError(
                    .server(.raisedException), statement: "generation.finish",
                    message: "the generation is not this process's any more")
            }
            try await tx.execute(Self.retire, [.int32(project), .int32(model), .array(replaced)])
        }
    }

    /// Removes generations that were replaced a while ago or whose makers are gone.
    package func removeLeftGenerations() async throws(PostgresError) {
        let left = try await pool.query(Self.left, [.int32(project)]) { row throws(PostgresError) in
            (model: try row.int32(0), number: try row.int32(1))
        }
        for generation in left { try await deleteGeneration(generation.number, model: generation.model) }
    }

    /// Removes a generation with its panes.
    package func deleteGeneration(_ number: Int32, model: Int32) async throws(PostgresError) {
        let project = project
        try await pool.withTransaction("generation.delete") { tx throws(PostgresError) in
            try await touch(model, tx)
            for (table, column) in [
                ("generation", "number"), ("generation_slot", "generation"), ("pane", "generation"),
                ("day_pane", "generation"),
            ] {
                try await tx.execute(
                    Statement(
                        "generation.delete.\(table)",
                        "DELETE FROM \(table) WHERE project = $1 AND model = $2 AND \(column) = $3"),
                    [.int32(project), .int32(model), .int32(number)])
            }
        }
    }
}

/// From which positions on slots fold into a generation that is being made.
extension Store {
    private static let join = Statement(
        "generation.join",
        """
        INSERT INTO generation_slot AS known (project, model, generation, slot, position) VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (project, model, generation, slot) DO UPDATE SET position = known.position
        RETURNING position
        """)

    private static let joinSettled = Statement(
        "generation.join.settled",
        """
        INSERT INTO generation_slot (project, model, generation, slot, position)
        SELECT $1, $2, $3, slot, position FROM writer_slot
        WHERE project = $1 AND expires_at < clock_timestamp() AND checkpoint = position
            AND folded_removals = removals
        FOR UPDATE
        ON CONFLICT (project, model, generation, slot) DO NOTHING
        """)

    private static let joined = Statement(
        "generation.joined",
        """
        SELECT s.slot, j.position FROM writer_slot s LEFT JOIN generation_slot j
            ON j.project = s.project AND j.model = $2 AND j.generation = $3 AND j.slot = s.slot
        WHERE s.project = $1 ORDER BY s.slot
        """)

    /// States that the holder of a slot folds its rows after a position into a generation; returns what was stated first.
    package func join(
        _ generation: Int32, model: Int32, slot: Int32, after position: Int64
    ) async throws(PostgresError) -> Int64 {
        try await pool.query(
            Self.join,
            [.int32(project), .int32(model), .int32(generation), .int32(slot), .int64(position)]
        ) { row throws(PostgresError) in try row.int64(0) }.first ?? position
    }

    /// States it for slots that nobody holds and whose panes are saved.
    package func joinSettled(_ generation: Int32, model: Int32) async throws(PostgresError) {
        try await pool.execute(Self.joinSettled, [.int32(project), .int32(model), .int32(generation)])
    }

    /// From which position on each slot folds into a generation, nil where it has not been told yet.
    package func joined(
        _ generation: Int32, model: Int32
    ) async throws(PostgresError) -> [(slot: Int32, position: Int64?)] {
        try await pool.query(Self.joined, [.int32(project), .int32(model), .int32(generation)]) {
            row throws(PostgresError) in
            (slot: try row.int32(0), position: row.isNull(1) ? nil : try row.int64(1))
        }
    }
}

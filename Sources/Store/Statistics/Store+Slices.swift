package import Monitoring
package import Postgres
package import Statistics

/// The segments and versions that have slices of their own.
extension Store {
    private static let list = Statement(
        "slice.load", "SELECT segment, version FROM slice WHERE project = $1 AND model = $2")

    private static let add = Statement(
        "slice.add",
        """
        INSERT INTO slice (project, model, segment, version)
        SELECT $1, $2, segment, version FROM unnest($3::text[], $4::text[]) AS new (segment, version)
        ON CONFLICT DO NOTHING
        """)

    private static let touch = Statement(
        "slice.touch", "UPDATE model SET names = names + 1 WHERE project = $1 AND id = $2")

    /// The slices of a model besides the pooled one.
    package func slices(model: Int32) async throws(PostgresError) -> SliceNames {
        try await pool.withConnection { connection throws(PostgresError) in
            try await slices(model: model, on: connection)
        }
    }

    private func slices(model: Int32, on connection: PostgresConnection) async throws(PostgresError) -> SliceNames {
        SliceNames(
            slices: try await connection.query(Self.list, [.int32(project), .int32(model)]) {
                row throws(PostgresError) in
                Slice(segment: ByteText(try row.string(0)), version: ByteText(try row.string(1)))
            })
    }

    /// Admits slices as far as there is room, before a row is counted in them; returns all that the model has then.
    ///
    /// The row of the model is locked, so that all processes agree on which there are.
    package func admitSlices(
        model: Int32, segments: Set<ByteText>, versions: Set<ByteText>
    ) async throws(PostgresError) -> SliceNames {
        try await pool.withTransaction("slice.admit") { tx throws(PostgresError) in
            try await tx.execute(Self.touch, [.int32(project), .int32(model)])
            var names = try await slices(model: model, on: tx)
            var new = segments.sorted().filter { names.admit(segment: $0) }.map { Slice(segment: $0) }
            new += versions.sorted().filter { names.admit(version: $0) }.map { Slice(version: $0) }
            try await tx.execute(
                Self.add,
                [
                    .int32(project), .int32(model), .array(new.map(\.segment.string)),
                    .array(new.map(\.version.string)),
                ])
            return names
        }
    }
}

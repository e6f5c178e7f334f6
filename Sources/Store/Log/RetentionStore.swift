package import Monitoring
package import Postgres

/// What retention removes.
extension Store {
    private static let removePredictions = Statement(
        "retention.predictions",
        "DELETE FROM prediction WHERE project = $1 AND model = $2 AND event_time < $3 AND arrived_at < $4",
        timeout: .seconds(3600))

    private static let removeOutcomes = Statement(
        "retention.outcomes",
        "DELETE FROM outcome WHERE project = $1 AND model = $2 AND event_time < $3 AND arrived_at < $4",
        timeout: .seconds(3600))

    private static let removeIdentities = Statement(
        "retention.identities",
        """
        DELETE FROM identity WHERE project = $1 AND model = $2 AND newest_event < $3 AND changed_at < $4
        """, timeout: .seconds(3600))

    /// Removes a model's rows before an event time that were stored before another time, with the identity of their ids.
    /// - Returns: how many predictions went.
    package func removeRows(
        model: Int32, before event: Time, storedBefore: Time
    ) async throws(PostgresError) -> Int {
        let parameters: [PostgresValue] = [
            .int32(project), .int32(model), .timestamp(event.timestamp), .timestamp(storedBefore.timestamp),
        ]
        return try await pool.withTransaction("retention.rows") { tx throws(PostgresError) in
            let count = try await tx.execute(Self.removePredictions, parameters)
            try await tx.execute(Self.removeOutcomes, parameters)
            try await tx.execute(Self.removeIdentities, parameters)
            return count
        }
    }

    /// The oldest event before a time of which something was stored since another time; nil where there is none.
    ///
    /// - Complexity: O(rows before the time), which retention has left few of.
    package func oldestEvent(
        model: Int32, before event: Time, storedSince: Time
    ) async throws(PostgresError) -> Time? {
        var oldest: Time?
        for table in ["prediction", "outcome"] {
            let statement = Statement(
                "retention.young.\(table)",
                """
                SELECT min(event_time) FROM \(table)
                WHERE project = $1 AND model = $2 AND event_time < $3 AND arrived_at >= $4
                """)
            let parameters: [PostgresValue] = [
                .int32(project), .int32(model), .timestamp(event.timestamp), .timestamp(storedSince.timestamp),
            ]
            let found = try await pool.query(statement, parameters) { row throws(PostgresError) in
                row.isNull(0) ? nil : try row.timestamp(0).time
            }
            if let event = found.compactMap({ $0 }).first { oldest = min(oldest ?? event, event) }
        }
        return oldest
    }

    /// Removes a model's panes before a time, and day panes of days that began before it.
    package func removePanes(model: Int32, before time: Time) async throws(PostgresError) {
        for table in ["pane", "day_pane"] {
            try await pool.execute(
                Statement(
                    "retention.\(table)", "DELETE FROM \(table) WHERE project = $1 AND model = $2 AND start < $3"),
                [.int32(project), .int32(model), .timestamp(time.timestamp)])
        }
    }

    /// Drops the weekly partitions before a time that no row is left in.
    ///
    /// The names of partitions are the service's own; nothing of a user's is part of them.
    package func dropEmptyPartitions(endingBefore time: Time) async throws(PostgresError) {
        let children = try await pool.query(
            Statement(
                "partition.list",
                """
                SELECT c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
                WHERE i.inhparent IN ('prediction'::regclass, 'outcome'::regclass)
                """), []
        ) { row throws(PostgresError) in try row.string(0) }
        try await settle()
        for child in children {
            guard let week = LogPartitions.week(ofPartition: child),
                LogPartitions.start(of: week + 1) < time
            else { continue }
            try await pool.withTransaction("partition.drop") { tx throws(PostgresError) in
                try await holdCommits(tx)
                try await tx.script(Statement("partition.lock", "LOCK TABLE \(child) IN ACCESS EXCLUSIVE MODE"))
                let rows = try await tx.execute(Statement("partition.look.\(child)", "SELECT 1 FROM \(child) LIMIT 1"))
                if rows == 0 { try await tx.script(Statement("partition.drop", "DROP TABLE \(child)")) }
            }
        }
    }
}

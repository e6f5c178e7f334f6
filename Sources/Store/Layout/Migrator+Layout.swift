package import Postgres

/// Spreading the tables over the servers of a Citus cluster.
extension Migrator {
    private static let known = Statement(
        "layout.known",
        """
        SELECT EXISTS (SELECT 1 FROM pg_available_extensions WHERE name = 'citus'),
            current_setting('citus.shard_count', true) IS NOT NULL
        """)

    private static let right = Statement(
        "layout.right", "SELECT has_function_privilege('pg_catalog.recover_prepared_transactions()', 'EXECUTE')")

    private static let catalogue = Statement(
        "layout.catalogue", "SELECT to_regclass('pg_catalog.pg_dist_partition') IS NOT NULL")

    private static let sharded = Statement(
        "layout.sharded",
        """
        SELECT c.relname FROM pg_dist_partition d JOIN pg_class c ON c.oid = d.logicalrelid
        WHERE c.relnamespace = current_schema()::regnamespace
        """)

    private static let holder = Statement(
        "layout.holder", "SELECT holder FROM writer_slot WHERE expires_at >= clock_timestamp() LIMIT 1")

    /// Where the tables lie.
    package func layout() async throws(PostgresError) -> StoreLayout {
        try await pool.withConnection { connection throws(PostgresError) in
            try await shardedTables(connection).isEmpty ? .oneServer : .distributed
        }
    }

    /// Brings a cluster's coordinator to the schema of this program and distributes the tables, with the rows that they have.
    ///
    /// Citus's own catalogue says what is distributed, so this may be called again after a failure, and where all is done.
    /// - Parameter shards: into how many parts a table is cut; nil for what the server is set to.
    /// - Returns: how many steps of the schema were taken, and how many tables were distributed.
    /// - Throws: `DistributionError`, which says what is missing.
    @discardableResult
    package func distribute(
        shards: Int32? = nil
    ) async throws(DistributionError) -> (steps: Int, tables: Int) {
        try await makeExtension()
        let steps: Int
        do throws(PostgresError) { steps = try await migrate() } catch { throw .database(error) }
        try await checkUnused()
        do throws(PostgresError) {
            return (steps, try await distributeMissing(shards: shards))
        } catch {
            throw .database(error)
        }
    }

    private func makeExtension() async throws(DistributionError) {
        let found: [(isAvailable: Bool, isLoaded: Bool)]
        do throws(PostgresError) {
            found = try await pool.query(Self.known, []) { row throws(PostgresError) in
                (isAvailable: try row.bool(0), isLoaded: try row.bool(1))
            }
        } catch {
            throw .database(error)
        }
        guard found.contains(where: \.isAvailable) else { throw .unavailable }
        guard found.contains(where: \.isLoaded) else { throw .notLoaded }
        let mayRecover: [Bool]
        do throws(PostgresError) {
            try await pool.execute(Statement("layout.extension", "CREATE EXTENSION IF NOT EXISTS citus"))
            mayRecover = try await pool.query(Self.right, []) { row throws(PostgresError) in try row.bool(0) }
        } catch {
            throw .database(error)
        }
        guard mayRecover == [true] else { throw .forbidden }
    }

    /// A process that took the tables for those of one server would go on with statements that Citus refuses.
    private func checkUnused() async throws(DistributionError) {
        let holders: [String]
        do throws(PostgresError) {
            guard try await layout() == .oneServer else { return }
            holders = try await pool.query(Self.holder, []) { row throws(PostgresError) in try row.string(0) }
        } catch {
            throw .database(error)
        }
        if let holder = holders.first { throw .inUse(holder: holder) }
    }

    /// Distributes what is not distributed yet, a table a transaction.
    func distributeMissing(shards: Int32?) async throws(PostgresError) -> Int {
        var made = 0
        for table in ShardedTable.all where try await distribute(table, shards: shards) {
            // What was there lies in the shards by now.
            try await pool.execute(
                Statement(
                    "layout.truncate", "SELECT truncate_local_data_after_distributing_table('\(table.name)')",
                    timeout: Self.patience))
            made += 1
        }
        return made
    }

    private static let patience = Duration.seconds(86_400)

    private func distribute(_ table: ShardedTable, shards: Int32?) async throws(PostgresError) -> Bool {
        let place =
            if let beside = table.beside {
                "colocate_with => '\(beside)'"
            } else {
                "colocate_with => 'none'" + (shards.map { ", shard_count => \($0)" } ?? "")
            }
        return try await pool.withTransaction("layout.distribute") { tx throws(PostgresError) in
            try await tx.script(Statement("migration.lock", "LOCK TABLE schema_migration IN ACCESS EXCLUSIVE MODE"))
            guard try await !shardedTables(tx).contains(table.name) else { return false }
            try await tx.script(
                Statement(
                    "layout.distribute",
                    "SELECT create_distributed_table('\(table.name)', '\(table.column)', \(place))",
                    timeout: Self.patience))
            return true
        }
    }

    private func shardedTables(_ connection: PostgresConnection) async throws(PostgresError) -> Set<String> {
        let hasCatalogue = try await connection.query(Self.catalogue, []) { row throws(PostgresError) in try row.bool(0)
        }
        guard hasCatalogue.contains(true) else { return [] }
        return Set(
            try await connection.query(Self.sharded, []) { row throws(PostgresError) in try row.string(0) })
    }
}

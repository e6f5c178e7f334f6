package import Postgres

/// Waiting until what was committed on a cluster can be seen on all of its servers.
///
/// A transaction over several servers is prepared on each, committed on the coordinator, and then finished on each. Between the
/// last two steps a slot's position can be read and some of its rows cannot; where the coordinator dies there, until somebody
/// finishes what is prepared. Who concludes something from the absence of rows waits here first.
extension Store {
    private static let finish = Statement(
        "settle.finish", "SELECT recover_prepared_transactions()", timeout: .seconds(60))

    private static let prepared = Statement(
        "settle.prepared",
        """
        SELECT success, result FROM run_command_on_all_nodes(
            $$SELECT coalesce(string_agg(gid, ' '), '') FROM pg_prepared_xacts
            WHERE database = current_database() AND gid LIKE 'citus_%'$$)
        """, timeout: .seconds(60))

    private static let pause = Statement("settle.pause", "SELECT pg_sleep(0.02)")

    /// How often is looked for what was prepared before the first look: about ten seconds.
    private static let looks = 500

    /// Returns when everything that was committed before the call can be read. Nothing to do on one server.
    /// - Throws: `PostgresError`, transient while a server of the cluster cannot be reached.
    package func settle() async throws(PostgresError) {
        guard layout == .distributed else { return }
        var waiting: Set<Substring>?
        for _ in 0..<Self.looks {
            let left = try await finishPrepared()
            let still = waiting?.intersection(left) ?? left
            if still.isEmpty { return }
            waiting = still
            _ = try await pool.query(Self.pause)
        }
        throw PostgresError(
            .server(.lockNotAvailable), statement: "settle",
            message: "a server of the cluster holds prepared transactions that are not finished")
    }

    /// Lets nobody commit to the log or the panes until the transaction ends, and waits for those who do. Only on a cluster,
    /// where no lock on the rows themselves says so.
    func holdCommits(_ tx: PostgresConnection) async throws(PostgresError) {
        guard layout == .distributed else { return }
        try await tx.script(
            Statement("settle.hold", "LOCK TABLE writer_slot IN SHARE MODE", timeout: .seconds(60)))
    }

    /// Finishes what nobody is finishing, and gives what is prepared on any server after that.
    private func finishPrepared() async throws(PostgresError) -> Set<Substring> {
        try await pool.withTransaction("settle") { tx throws(PostgresError) in
            try await holdCommits(tx)
            try await tx.execute(Self.finish)
            let answers = try await tx.query(Self.prepared, []) { row throws(PostgresError) in
                (isReached: try row.bool(0), result: try row.string(1))
            }
            if let failed = answers.first(where: { !$0.isReached }) {
                throw PostgresError(
                    .server(.connectionFailure), statement: "settle.prepared",
                    message: "a server of the cluster does not answer: \(failed.result)")
            }
            return Set(answers.flatMap { $0.result.split(separator: " ") })
        }
    }
}

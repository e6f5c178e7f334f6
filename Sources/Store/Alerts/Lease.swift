package import Postgres

/// A role that one process at a time has, such as judging rules; every write in it checks the term.
package struct Lease: Sendable, Equatable {
    package let name: String
    package let holder: String
    package let term: Int64
}

/// Leases, in the database's time.
extension Store {
    private static let take = Statement(
        "lease.take",
        """
        INSERT INTO lease AS held (project, name, holder, term, expires_at)
        VALUES ($1, $2, $3, 1, clock_timestamp() + $4 * interval '1 second')
        ON CONFLICT (project, name) DO UPDATE
            SET holder = excluded.holder, expires_at = excluded.expires_at,
                term = held.term + CASE WHEN held.holder = excluded.holder THEN $5 ELSE 1 END
            WHERE held.holder = excluded.holder OR held.expires_at < clock_timestamp()
        RETURNING term
        """)

    /// Takes or renews a lease; nil while somebody else has it. A renewal keeps the term.
    package func lease(
        _ name: String, holder: String, seconds: Double, renewing: Lease? = nil
    ) async throws(PostgresError) -> Lease? {
        let raise: Int64 = renewing == nil ? 1 : 0
        let terms = try await pool.query(
            Self.take, [.int32(project), .text(name), .text(holder), .double(seconds), .int64(raise)]
        ) { row throws(PostgresError) in try row.int64(0) }
        return terms.first.map { Lease(name: name, holder: holder, term: $0) }
    }

    /// Gives a lease back, so that the next process need not wait for its end.
    package func release(_ lease: Lease) async throws(PostgresError) {
        try await pool.execute(
            Statement(
                "lease.release",
                """
                UPDATE lease SET expires_at = clock_timestamp() - interval '1 second'
                WHERE project = $1 AND name = $2 AND holder = $3 AND term = $4
                """),
            [.int32(project), .text(lease.name), .text(lease.holder), .int64(lease.term)])
    }

    /// Checks inside a transaction that a lease is still ours, and holds it until the transaction ends.
    func check(_ lease: Lease, _ tx: PostgresConnection) async throws(PostgresError) {
        let held = try await tx.execute(
            Statement(
                "lease.check",
                "SELECT 1 FROM lease WHERE project = $1 AND name = $2 AND holder = $3 AND term = $4 FOR SHARE"),
            [.int32(project), .text(lease.name), .text(lease.holder), .int64(lease.term)])
        guard held == 1 else {
            throw PostgresError(
                .server(.raisedException), statement: "lease.check",
                message: "another process holds the lease \(lease.name) by now")
        }
    }
}

import Foundation
import Postgres
import TestSupport
import Testing

/// Results of any size.
@Suite(.timeLimit(.minutes(15)), .serialized)
struct BatchTests {
    /// In a process of its own, since other tests of this one take memory at the same time.
    @Test
    func `two hundred thousand rows pass in bounded memory`() async throws {
        await #expect(processExitsWith: .success) {
            try await TestServer.withPool(connections: 1) { pool in
                // About 400 MB of text in all.
                let statement = Statement(
                    "stream", "SELECT i::int8, repeat('x', 2000) FROM generate_series(1, $1) i")
                let before = try residentBytes()
                var peak = 0
                var sum: Int64 = 0
                var batches = 0
                let total = try await pool.withConnection { (connection) async throws(PostgresError) in
                    try await connection.forEachBatch(statement, [.int32(200_000)], batch: 2000) {
                        (rows) async throws(PostgresError) in
                        batches += 1
                        try rows.forEach { row throws(PostgresError) in sum += try row.int64(0) }
                        do { peak = max(peak, try residentBytes()) } catch { Issue.record(error) }
                    }
                }
                #expect(total == 200_000)
                #expect(batches == 100)
                #expect(sum == 200_000 * 200_001 / 2)
                #expect(peak - before < 64 << 20)
            }
        }
    }

    @Test(arguments: [(0, 0), (1, 1), (9, 1), (10, 1), (11, 2), (20, 2)])
    func `no batch is empty and none is lost`(rows: Int32, batches: Int) async throws {
        try await TestServer.withPool(connections: 1) { pool in
            var seen: [Int64] = []
            var calls = 0
            try await pool.withConnection { (connection) async throws(PostgresError) in
                _ = try await connection.forEachBatch(
                    Statement("series", "SELECT generate_series(1, $1)"), [.int32(rows)], batch: 10
                ) { (batch) async throws(PostgresError) in
                    calls += 1
                    try batch.forEach { row throws(PostgresError) in seen.append(try row.int64(0)) }
                }
            }
            #expect(seen == (0..<Int64(rows)).map { $0 + 1 })
            #expect(calls == batches)
            #expect(pool.load.idle == 1)
        }
    }

    @Test
    func `inside a transaction the scan sees its work, and other statements may run in between`() async throws {
        try await TestServer.withPool(connections: 1) { pool in
            try await pool.execute(Statement("table", "CREATE TABLE t AS SELECT generate_series(1, 30) AS n"))
            try await pool.withTransaction("scan") { (tx) async throws(PostgresError) in
                _ = try await tx.execute(Statement("insert", "INSERT INTO t VALUES (31)"))
                let count = try await tx.forEachBatch(Statement("all", "SELECT n FROM t"), batch: 10) {
                    (rows) async throws(PostgresError) in
                    _ = try await tx.execute(Statement("delete", "DELETE FROM t WHERE n = 1"))
                }
                #expect(count == 31)
            }
            #expect(try await pool.integer("SELECT count(*) FROM t") == 30)
        }
    }

    @Test
    func `a body that throws ends the scan and frees the connection`() async throws {
        try await TestServer.withPool(connections: 1) { pool in
            let error = await #expect(throws: PostgresError.self) {
                try await pool.withConnection { (connection) async throws(PostgresError) in
                    _ = try await connection.forEachBatch(
                        Statement("series", "SELECT generate_series(1, 1000)"), batch: 10
                    ) { (rows) async throws(PostgresError) in
                        _ = try rows[0].string(0)
                    }
                }
            }
            #expect(error?.kind == .decoding)
            let one = try await pool.integer("SELECT 1")
            #expect(one == 1)
        }
    }
}

/// Memory of this process, from the second field of `/proc/self/statm`.
private func residentBytes() throws -> Int {
    let text = try String(contentsOfFile: "/proc/self/statm", encoding: .utf8)
    let pages = text.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
    return pages * 4096
}

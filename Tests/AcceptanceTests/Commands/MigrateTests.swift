import TestSupport
import Testing

/// `driftline migrate` on a server that others run.
@Suite(.serialized, .timeLimit(.minutes(5)))
struct MigrateTests {
    @Test func `the schema is made once`() async throws {
        try await OwnDatabase.with { database in
            let first = try DriftlineProcess.run(["migrate", "--database-url", database.url])
            #expect(first.status == 0 && first.output.contains(TestServer.isCluster ? "up to date" : "taken: "))
            let second = try DriftlineProcess.run(["migrate", "--database-url", database.url])
            #expect(second.status == 0 && second.output.contains("up to date"))
        }
    }

    @Test(.disabled(if: TestServer.isCluster, "the server is a Citus cluster"))
    func `a server without Citus is left alone, and what is missing is said`() async throws {
        try await OwnDatabase.with { database in
            let result = try DriftlineProcess.run(["migrate", "--citus", "--database-url", database.url])
            #expect(result.status != 0)
            #expect(result.output.contains("extension citus") && result.output.contains("shared_preload_libraries"))
            #expect(
                try await database.number("SELECT count(*) FROM pg_class WHERE relname = 'schema_migration'") == 0)
        }
    }

    @Test func `a cluster needs a server to be named`() throws {
        let result = try DriftlineProcess.run(["migrate", "--citus"])
        #expect(result.status != 0 && result.output.contains("database_url"))
        let shards = try DriftlineProcess.run(["migrate", "--shards", "8"])
        #expect(shards.status != 0 && shards.output.contains("--shards is for --citus"))
    }

    @Test(.enabled(if: TestServer.isCluster, "needs a Citus cluster: scripts/with-citus 2 swift test"))
    func `what is distributed stays as it is`() async throws {
        try await OwnDatabase.with { database in
            let again = try DriftlineProcess.run(["migrate", "--citus", "--database-url", database.url])
            #expect(again.status == 0 && again.output.contains("distributed already"))
        }
    }
}

import Foundation
package import Postgres

/// The PostgreSQL server that the tests use: the one that `DATABASE_URL` names, as `scripts/with-postgres` sets it.
package enum TestServer {
    /// Why there is no server to test with.
    package struct Missing: Error, CustomStringConvertible {
        package var description: String {
            "DATABASE_URL is not set: run the tests as `scripts/with-postgres swift test`"
        }
    }

    /// The server's connection string.
    package static var connectionString: String {
        get throws {
            guard let value = ProcessInfo.processInfo.environment["DATABASE_URL"], !value.isEmpty else {
                throw Missing()
            }
            return value
        }
    }

    /// Runs the body with a configuration whose search path is a new, empty schema, which is dropped afterwards.
    package static func withSchema<Result>(
        _ body: (PostgresConfiguration) async throws -> Result
    ) async throws -> Result {
        let schema = "t_" + UUID().uuidString.lowercased().replacing("-", with: "")
        let plain = PostgresConfiguration(connectionString: try connectionString, maximumConnections: 1)
        let owner = try await PostgresConnection.open(plain)
        try await owner.script(Statement("create schema", "CREATE SCHEMA \(schema)"))
        var configuration = plain
        configuration.maximumConnections = 8
        configuration.searchPath = [schema]
        let outcome: Swift.Result<Result, any Error>
        do { outcome = .success(try await body(configuration)) } catch { outcome = .failure(error) }
        try await owner.script(Statement("drop schema", "DROP SCHEMA \(schema) CASCADE"))
        await owner.close()
        return try outcome.get()
    }

    /// Runs the body with a pool over a new, empty schema, and drops it afterwards.
    package static func withPool<Result>(
        connections: Int = 8, _ body: (PostgresPool) async throws -> Result
    ) async throws -> Result {
        try await withSchema { configuration in
            var configuration = configuration
            configuration.maximumConnections = connections
            let pool = PostgresPool(configuration)
            let outcome: Swift.Result<Result, any Error>
            do { outcome = .success(try await body(pool)) } catch { outcome = .failure(error) }
            await pool.close()
            return try outcome.get()
        }
    }

    /// The first column of the first row of a query, as text, on a connection of its own.
    package static func text(_ sql: String, at connectionString: String) async throws -> String {
        let connection = try await PostgresConnection.open(
            PostgresConfiguration(connectionString: connectionString))
        let statement = Statement("test", sql)
        let value = try await connection.query(statement).only { row throws(PostgresError) in try row.string(0) }
        await connection.close()
        return value
    }

    /// Runs SQL text on a connection of its own.
    package static func run(_ sql: String, at connectionString: String) async throws {
        let connection = try await PostgresConnection.open(
            PostgresConfiguration(connectionString: connectionString))
        try await connection.script(Statement("test", sql))
        await connection.close()
    }
}

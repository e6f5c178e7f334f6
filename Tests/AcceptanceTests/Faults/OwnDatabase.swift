import Foundation
import TestSupport
import Testing

/// A database of its own on the tests' server, for several processes to meet in.
struct OwnDatabase {
    /// How to reach it.
    let url: String

    /// Runs the body with a new database, which is dropped afterwards.
    static func with<Result>(_ body: (OwnDatabase) async throws -> Result) async throws -> Result {
        if TestServer.isCluster { return try await onCluster(body) }
        let server = try TestServer.connectionString
        let name = "accept_" + UUID().uuidString.lowercased().replacing("-", with: "")
        try await TestServer.run("CREATE DATABASE \(name)", at: server)
        let parts = server.split(separator: " ").filter { !$0.hasPrefix("dbname=") } + ["dbname=\(name)"]
        let outcome: Swift.Result<Result, any Error>
        do {
            outcome = .success(try await body(OwnDatabase(url: parts.joined(separator: " "))))
        } catch {
            outcome = .failure(error)
        }
        try await TestServer.run("DROP DATABASE \(name) WITH (FORCE)", at: server)
        return try outcome.get()
    }

    /// The same on every server of a Citus cluster, distributed as `driftline migrate --citus` does.
    private static func onCluster<Result>(_ body: (OwnDatabase) async throws -> Result) async throws -> Result {
        let name = "accept_" + UUID().uuidString.lowercased().replacing("-", with: "")
        let nodes = TestServer.nodes
        func url(_ node: String, _ database: String) -> String { "host=\(node) user=driftline dbname=\(database)" }
        for node in nodes {
            try await TestServer.run("CREATE DATABASE \(name)", at: url(node, "postgres"))
            try await TestServer.run("CREATE EXTENSION citus", at: url(node, name))
        }
        let own = url(nodes[0], name)
        try await TestServer.run("SELECT citus_set_coordinator_host('\(nodes[0])', 5432)", at: own)
        for node in nodes.dropFirst() {
            try await TestServer.run("SELECT citus_add_node('\(node)', 5432)", at: own)
        }
        if nodes.count == 1 {
            let shards = "SELECT citus_set_node_property('\(nodes[0])', 5432, 'shouldhaveshards', true)"
            try await TestServer.run(shards, at: own)
        }
        let outcome: Swift.Result<Result, any Error>
        do {
            let migration = try DriftlineProcess.run([
                "migrate", "--citus", "--shards", "4", "--database-url", own,
            ])
            try #require(migration.status == 0, "\(migration.output)")
            outcome = .success(try await body(OwnDatabase(url: own)))
        } catch {
            outcome = .failure(error)
        }
        for node in nodes { try await TestServer.run("DROP DATABASE \(name) WITH (FORCE)", at: url(node, "postgres")) }
        return try outcome.get()
    }

    /// The first value of a query, as a number.
    func number(_ sql: String) async throws -> Int {
        Int(try await TestServer.text("SELECT (\(sql))::text", at: url)) ?? -1
    }

    /// Runs the body with so many services that are ready, each with a data folder of its own.
    func withServices<Result>(
        _ count: Int, _ body: ([Service]) async throws -> Result, _ started: [Service] = []
    ) async throws -> Result {
        guard started.count < count else { return try await body(started) }
        return try await Service.with(Service.Files(databaseURL: url)) { service in
            try await withServices(count, body, started + [service])
        }
    }
}

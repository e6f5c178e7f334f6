import Foundation
import TestSupport

/// A database of its own on the tests' server, for several processes to meet in.
struct OwnDatabase {
    /// How to reach it.
    let url: String

    /// Runs the body with a new database, which is dropped afterwards.
    static func with<Result>(_ body: (OwnDatabase) async throws -> Result) async throws -> Result {
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

import Foundation

/// A server of PostgreSQL with another one that follows it.
struct StandbyPair {
    /// Whether each commit is on both before it is acknowledged.
    enum Commit { case onBoth, onFirst }

    private let folder: String
    private let bin: String
    private let commit: Commit

    /// How clients find the one that may be written to.
    var url: String {
        "host=\(folder),\(folder) port=5432,5433 user=driftline dbname=postgres target_session_attrs=read-write connect_timeout=2"
    }

    /// How the first one alone is reached.
    var primary: String { "host=\(folder) port=5432 user=driftline dbname=postgres" }

    /// How the second one alone is reached.
    var standby: String { "host=\(folder) port=5433 user=driftline dbname=postgres" }

    /// Runs the body with a pair, which is removed afterwards.
    static func with<Result>(
        _ commit: Commit = .onBoth, _ body: (StandbyPair) async throws -> Result
    ) async throws -> Result {
        let folder = "/tmp/driftline-pair-\(UUID().uuidString.prefix(8))"
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o755])
        let pair = StandbyPair(folder: folder, bin: try serverPrograms(), commit: commit)
        let outcome: Swift.Result<Result, any Error>
        do {
            try pair.start()
            outcome = .success(try await body(pair))
        } catch {
            outcome = .failure(error)
        }
        for name in ["first", "second"] {
            // One of them may have been killed by the test.
            do { try pair.server("pg_ctl", "stop", "-D", "\(folder)/\(name)", "-m", "immediate", "-w") } catch {
                continue
            }
        }
        try FileManager.default.removeItem(atPath: folder)
        return try outcome.get()
    }

    private func start() throws {
        if getuid() == 0 { try run("chown", "postgres", folder) }
        try server(
            "initdb", "-D", "\(folder)/first", "-U", "driftline", "-E", "UTF8", "--locale=C", "--auth=trust",
            "--no-sync")
        try server(
            "pg_ctl", "start", "-w", "-D", "\(folder)/first", "-l", "\(folder)/first/log", "-o", options(port: 5432))
        try server(
            "pg_basebackup", "-h", folder, "-p", "5432", "-U", "driftline", "-D", "\(folder)/second", "-R", "-X",
            "stream",
            "--checkpoint=fast", "--no-sync")
        try server(
            "pg_ctl", "start", "-w", "-D", "\(folder)/second", "-l", "\(folder)/second/log", "-o", options(port: 5433))
        guard commit == .onBoth else { return }
        for sql in ["ALTER SYSTEM SET synchronous_standby_names = '*'", "SELECT pg_reload_conf()"] {
            try server("psql", "-q", "-h", folder, "-p", "5432", "-U", "driftline", "-d", "postgres", "-c", sql)
        }
    }

    private func options(port: Int) -> String {
        "-c port=\(port) -c listen_addresses='' -c unix_socket_directories=\(folder) -c fsync=off -c max_connections=100 "
            + "-c shared_buffers=64MB -c timezone=UTC"
    }

    /// From now on nothing reaches the second server.
    func cut() async throws {
        let pid = try await OwnDatabase(url: primary).number("SELECT pid FROM pg_stat_replication")
        guard pid > 0, kill(Int32(pid), SIGSTOP) == 0 else { throw Unexpected(description: "no standby follows") }
    }

    /// Kills the first server without warning, and lets the second one be written to.
    func failOver() throws {
        try server("pg_ctl", "stop", "-D", "\(folder)/first", "-m", "immediate", "-w")
        try server("pg_ctl", "promote", "-D", "\(folder)/second", "-w")
    }

    private static func serverPrograms() throws -> String {
        if let named = ProcessInfo.processInfo.environment["DRIFTLINE_POSTGRES_BIN"] { return named }
        let root = "/usr/lib/postgresql"
        let versions = try FileManager.default.contentsOfDirectory(atPath: root).compactMap { Int($0) }
        return "\(root)/\(versions.max() ?? 15)/bin"
    }

    /// Runs a program of PostgreSQL, which refuses to run as root, as its own user then.
    private func server(_ program: String, _ arguments: String...) throws {
        let user =
            getuid() == 0 ? ["setpriv", "--reuid", "postgres", "--regid", "postgres", "--init-groups", "--"] : []
        try run(user + ["\(bin)/\(program)"] + arguments)
    }

    private func run(_ arguments: String...) throws { try run(arguments) }

    /// A server that stays would keep the descriptor by which the end of the program that started it is noticed.
    private static let closingInherited =
        "for each in /proc/self/fd/*; do n=${each##*/}; if [ $n -gt 2 ]; then eval \"exec $n>&-\"; fi; done; exec \"$@\""

    private func run(_ arguments: [String]) throws {
        let process = Process()
        process.executableURL = URL(filePath: "/bin/bash")
        process.arguments = ["-c", Self.closingInherited, "bash"] + arguments
        process.currentDirectoryURL = URL(filePath: "/")
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        process.standardInput = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw Unexpected(description: "\(arguments) ended with \(process.terminationStatus)")
        }
    }
}

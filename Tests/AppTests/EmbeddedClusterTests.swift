import App
import Foundation
import TestSupport
import Testing

/// The embedded PostgreSQL, each test with a cluster of its own.
@Suite(.timeLimit(.minutes(15)), .serialized)
struct EmbeddedClusterTests {
    /// Runs the body with a new data folder below `/tmp`, stops whatever runs there, and removes it.
    private func withFolder(
        _ name: String = "data", _ body: (String) async throws -> Void
    ) async throws {
        let root = "/tmp/driftline-test-\(UUID().uuidString.prefix(8))"
        try FileManager.default.createDirectory(
            atPath: root, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o755])
        let folder = "\(root)/\(name)"
        let outcome: Result<Void, any Error>
        do { outcome = .success(try await body(folder)) } catch { outcome = .failure(error) }
        if FileManager.default.fileExists(atPath: "\(folder)/postgres/postmaster.pid") {
            let cluster = EmbeddedCluster(dataFolder: folder)
            try await cluster.start()
            try await cluster.stop()
        }
        try FileManager.default.removeItem(atPath: root)
        try outcome.get()
    }

    private func text(_ sql: String, _ cluster: EmbeddedCluster) async throws -> String {
        try await TestServer.text(sql, at: cluster.connectionString)
    }

    @Test
    func `a new folder becomes a server that listens on a socket only and flushes to disk`() async throws {
        try await withFolder { folder in
            let cluster = EmbeddedCluster(dataFolder: folder)
            let address = try await cluster.start()
            #expect(address == cluster.connectionString)
            let settings = [
                ("listen_addresses", ""), ("fsync", "on"), ("full_page_writes", "on"), ("synchronous_commit", "on"),
                ("server_encoding", "UTF8"), ("lc_collate", "C"), ("data_checksums", "on"),
                ("max_locks_per_transaction", "256"), ("max_wal_size", "2GB"), ("TimeZone", "UTC"),
            ]
            for (name, value) in settings {
                let found = try await text("SELECT current_setting('\(name)')", cluster)
                #expect(found == value, "\(name)")
            }
            #expect(try await text("SELECT current_database()::text", cluster) == "driftline")
            let permissions = try FileManager.default.attributesOfItem(atPath: "\(folder)/socket")[.posixPermissions]
            #expect((permissions as? NSNumber)?.intValue == 0o700)
            try await cluster.stop()
            #expect(cluster.serverProcess == nil)
        }
    }

    @Test
    func `a server that outlived its service is taken over with its data`() async throws {
        try await withFolder { folder in
            var first: EmbeddedCluster? = EmbeddedCluster(dataFolder: folder)
            try await first?.start()
            let process = first?.serverProcess
            _ = try await TestServer.text(
                "WITH made AS (SELECT 1) SELECT 'x' FROM made", at: first?.connectionString ?? "")
            // The kernel frees the lock of a killed process in the same way.
            first = nil
            let second = EmbeddedCluster(dataFolder: folder)
            try await second.start()
            #expect(process != nil)
            #expect(second.serverProcess == process)
            try await second.stop()
        }
    }

    @Test
    func `a killed server recovers what was committed`() async throws {
        try await withFolder { folder in
            let cluster = EmbeddedCluster(dataFolder: folder)
            try await cluster.start()
            try await TestServer.run(
                "CREATE TABLE kept (n int4); INSERT INTO kept VALUES (1), (2)", at: cluster.connectionString)
            let process = try #require(cluster.serverProcess)
            kill(process, SIGKILL)
            while cluster.serverProcess != nil { await Task.yield() }
            #expect(try await cluster.restartIfGone())
            #expect(cluster.serverProcess != process)
            #expect(try await text("SELECT count(*)::text FROM kept", cluster) == "2")
            #expect(try await !cluster.restartIfGone())
            try await cluster.stop()
        }
    }

    @Test
    func `a server whose service died with it is recovered by the next service`() async throws {
        try await withFolder { folder in
            var first: EmbeddedCluster? = EmbeddedCluster(dataFolder: folder)
            try await first?.start()
            let process = try #require(first?.serverProcess)
            try await TestServer.run("CREATE TABLE kept AS SELECT 7 AS n", at: first?.connectionString ?? "")
            kill(process, SIGKILL)
            first = nil
            let second = EmbeddedCluster(dataFolder: folder)
            try await second.start()
            #expect(try await text("SELECT n::text FROM kept", second) == "7")
            try await second.stop()
        }
    }

    @Test
    func `a number in the lock file that another process has got since stops no start`() async throws {
        try await withFolder { folder in
            let cluster = EmbeddedCluster(dataFolder: folder)
            try await cluster.start()
            let process = try #require(cluster.serverProcess)
            kill(process, SIGKILL)
            while cluster.serverProcess != nil { await Task.yield() }
            // A process of the server's own user, which alone PostgreSQL takes for a server: one of another cluster.
            try await withFolder("other") { elsewhere in
                let other = EmbeddedCluster(dataFolder: elsewhere)
                try await other.start()
                for lock in ["\(folder)/postgres/postmaster.pid", "\(folder)/socket/.s.PGSQL.5432.lock"] {
                    let text = try String(contentsOfFile: lock, encoding: .utf8)
                    let rest = text.drop { $0 != "\n" }
                    let handle = try #require(FileHandle(forWritingAtPath: lock))
                    try handle.truncate(atOffset: 0)
                    try handle.write(contentsOf: Data("\(try #require(other.serverProcess))\(rest)".utf8))
                    try handle.close()
                }
                #expect(cluster.serverProcess == nil)
                try await cluster.start()
                #expect(cluster.serverProcess != nil && cluster.serverProcess != other.serverProcess)
                try await other.stop()
            }
            try await cluster.stop()
        }
    }

    @Test
    func `a stopped server starts again with its data`() async throws {
        try await withFolder { folder in
            let cluster = EmbeddedCluster(dataFolder: folder)
            try await cluster.start()
            try await TestServer.run("CREATE TABLE kept AS SELECT 7 AS n", at: cluster.connectionString)
            try await cluster.stop()
            try await cluster.stop()
            try await cluster.start()
            #expect(try await text("SELECT n::text FROM kept", cluster) == "7")
            try await cluster.stop()
        }
    }

    @Test
    func `a second service on the folder is refused with the folder and the process`() async throws {
        try await withFolder { folder in
            let first = EmbeddedCluster(dataFolder: folder)
            try await first.start()
            let error = await #expect(throws: EmbeddedClusterError.self) {
                try await EmbeddedCluster(dataFolder: folder).start()
            }
            #expect(error == .folderInUse(folder: folder, process: getpid()))
            #expect(error?.description.contains(folder) == true)
            #expect(error?.description.contains("\(getpid())") == true)
            try await first.stop()
            let third = EmbeddedCluster(dataFolder: folder)
            try await third.start()
            try await third.stop()
        }
    }

    @Test
    func `a folder whose path is too long for a socket works, as do quotes and spaces in it`() async throws {
        try await withFolder("it's a \(String(repeating: "long ", count: 20))path") { folder in
            let cluster = EmbeddedCluster(dataFolder: folder)
            let address = try await cluster.start()
            #expect(address.contains("/tmp/driftline-"))
            let process = cluster.serverProcess
            try await cluster.start()
            #expect(cluster.serverProcess == process)
            let directory = try await text("SELECT current_setting('unix_socket_directories')", cluster)
            try await cluster.stop()
            try FileManager.default.removeItem(atPath: directory)
        }
    }

    @Test(.enabled(if: getuid() == 0, "only root runs PostgreSQL as another user"))
    func `a folder that PostgreSQL's user may not enter is named`() async throws {
        try await withFolder("closed/data") { folder in
            let closed = folder.replacing("/closed/data", with: "/closed")
            try FileManager.default.createDirectory(
                atPath: closed, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
            let error = await #expect(throws: EmbeddedClusterError.self) {
                try await EmbeddedCluster(dataFolder: folder).start()
            }
            #expect(error == .folderUnreachable(folder: closed, account: "postgres"))
            #expect(error?.description.contains("chmod o+x \(closed)") == true)
        }
    }

    @Test
    func `a half-made cluster is made anew`() async throws {
        try await withFolder { folder in
            try FileManager.default.createDirectory(
                atPath: "\(folder)/postgres.new/base", withIntermediateDirectories: true)
            try FileManager.default.setAttributes([.posixPermissions: 0o711], ofItemAtPath: folder)
            let cluster = EmbeddedCluster(dataFolder: folder)
            try await cluster.start()
            #expect(!FileManager.default.fileExists(atPath: "\(folder)/postgres.new"))
            try await cluster.stop()
        }
    }

    @Test
    func `without server programs the message says what to install`() async throws {
        try await withFolder { folder in
            let error = await #expect(throws: EmbeddedClusterError.self) {
                try await EmbeddedCluster(dataFolder: folder, programs: "/nonexistent").start()
            }
            #expect(error == .noServer(wanted: nil, lookedIn: ["/nonexistent"]))
            #expect(error?.description.contains("DRIFTLINE_DATABASE_URL") == true)
        }
    }
}

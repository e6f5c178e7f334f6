import Foundation

/// Where everything of an embedded cluster lies.
struct ClusterFolders: Hashable, Sendable {
    /// The service's data folder, without symbolic links.
    let data: String

    init(data: String) {
        self.data = URL(fileURLWithPath: data).standardizedFileURL.resolvingSymlinksInPath().path
    }

    /// PostgreSQL's own folder.
    var cluster: String { "\(data)/postgres" }
    /// A cluster that is being made; it takes its name only when it is whole.
    var staging: String { "\(data)/postgres.new" }
    /// What PostgreSQL says before its own log is open.
    var startLog: String { "\(cluster)/start.log" }
    /// What the commands said, the latest only.
    var commandLog: String { "\(data)/command.log" }

    /// The folder of the Unix socket.
    ///
    /// In the data folder, or when that path is too long for a socket, a folder in `/tmp` whose name follows from the
    /// data folder's, so that the next start finds it again.
    var socket: String {
        let near = "\(data)/socket"
        // A socket's path has at most 107 bytes.
        guard near.utf8.count + "/.s.PGSQL.5432".utf8.count > 107 else { return near }
        return "/tmp/driftline-" + String(ClusterFolders.hash(data), radix: 16)
    }

    /// The major version in `PG_VERSION`; `nil` without a cluster.
    var clusterVersion: String? {
        do {
            return try String(contentsOfFile: "\(cluster)/PG_VERSION", encoding: .utf8)
                .trimmingCharacters(in: .whitespacesAndNewlines)
        } catch {
            return nil
        }
    }

    /// The process id in the first line of `postmaster.pid`, which a crashed server leaves behind.
    var postmaster: Int32? {
        do {
            let text = try String(contentsOfFile: "\(cluster)/postmaster.pid", encoding: .utf8)
            return text.split(separator: "\n").first.flatMap { Int32($0) }
        } catch {
            return nil
        }
    }

    /// The name of a running program, as Linux tells it; `nil` elsewhere.
    static func programName(of process: Int32) -> String? {
        do {
            return try String(contentsOfFile: "/proc/\(process)/comm", encoding: .utf8)
                .trimmingCharacters(in: .whitespacesAndNewlines)
        } catch {
            return nil
        }
    }

    /// How libpq reaches a database of the cluster.
    func connectionString(database: String) -> String {
        let quoted = socket.replacing("\\", with: "\\\\").replacing("'", with: "\\'")
        return "host='\(quoted)' port=5432 user=driftline dbname=\(database)"
    }

    /// FNV-1a, 64 bits: stable across runs, which Swift's own hashes are not.
    private static func hash(_ text: String) -> UInt64 {
        text.utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01B3 }
    }
}

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
    /// What PostgreSQL keeps other servers away with; a crashed server leaves it behind.
    var lockFile: String { "\(cluster)/postmaster.pid" }
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

    /// What keeps other servers away from the socket, with the same number in it.
    var socketLock: String { "\(socket)/.s.PGSQL.5432.lock" }

    /// The major version in `PG_VERSION`; `nil` without a cluster.
    var clusterVersion: String? {
        do {
            return try String(contentsOfFile: "\(cluster)/PG_VERSION", encoding: .utf8)
                .trimmingCharacters(in: .whitespacesAndNewlines)
        } catch {
            return nil
        }
    }

    /// The process id in the first line of the lock file. The process may be gone, or the number somebody else's by now.
    var postmaster: Int32? {
        do {
            let text = try String(contentsOfFile: lockFile, encoding: .utf8)
            return text.split(separator: "\n").first.flatMap { Int32($0) }
        } catch {
            return nil
        }
    }

    /// The processes that work in the cluster's folder, as all of its server's do and those of no other server; `nil` where the
    /// system does not tell.
    var processes: [Int32]? {
        do {
            let found = try FileManager.default.contentsOfDirectory(atPath: "/proc").compactMap { Int32($0) }
            return found.contains(getpid()) ? found.filter { isWorkedIn(by: $0) == true } : nil
        } catch {
            return nil
        }
    }

    /// Whether a process works in the cluster's folder; `nil` where the system does not tell.
    func isWorkedIn(by process: Int32) -> Bool? {
        guard FileManager.default.fileExists(atPath: "/proc/self/cwd") else { return nil }
        // By the file itself: a folder may have other paths for other processes.
        let here = ClusterFolders.file("\(cluster)/PG_VERSION")
        return here != nil && here == ClusterFolders.file("/proc/\(process)/cwd/PG_VERSION")
    }

    /// The device and the number of a file; `nil` for one that is not there or that we may not see.
    private static func file(_ path: String) -> [UInt64?]? {
        do {
            let attributes = try FileManager.default.attributesOfItem(atPath: path)
            return [FileAttributeKey.systemNumber, .systemFileNumber].map { (attributes[$0] as? NSNumber)?.uint64Value }
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

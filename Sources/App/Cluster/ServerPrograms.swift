import Foundation

/// Where PostgreSQL's server programs lie.
struct ServerPrograms: Hashable, Sendable {
    /// The folder with `initdb`, `pg_ctl` and `postgres`.
    let folder: String

    /// The environment variable that names the folder.
    static let variable = "DRIFTLINE_POSTGRES_BIN"

    /// Path of a program.
    func path(_ program: String) -> String { "\(folder)/\(program)" }

    /// Finds the newest server, or the one that an existing cluster needs.
    /// - Parameters:
    ///   - major: Major version of the cluster, such as `15`; `nil` for any.
    ///   - chosen: A folder that the user named; then no other is looked at.
    /// - Returns: The first folder that has all programs.
    /// - Throws: `noServer` when there is none.
    static func find(major: String?, chosen: String?) throws(EmbeddedClusterError) -> ServerPrograms {
        let candidates = chosen.map { [$0] } ?? installed
        for folder in candidates where isComplete(folder) {
            // A folder without a version in its path is trusted; the server itself checks the cluster's version.
            guard let major, let found = version(in: folder), found != major else {
                return ServerPrograms(folder: folder)
            }
        }
        throw .noServer(wanted: major, lookedIn: candidates.isEmpty ? ["/usr/lib/postgresql", "PATH"] : candidates)
    }

    /// Folders to look in: Debian's and Red Hat's, newest version first, then PATH.
    private static var installed: [String] {
        let debian = versions(below: "/usr/lib/postgresql", prefix: "")
        let redHat = versions(below: "/usr", prefix: "pgsql-")
        let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
        return debian + redHat + path.split(separator: ":").map(String.init).filter(isComplete)
    }

    private static func versions(below root: String, prefix: String) -> [String] {
        let names: [String]
        do { names = try FileManager.default.contentsOfDirectory(atPath: root) } catch { return [] }
        let numbered = names.compactMap { name -> (Double, String)? in
            guard name.hasPrefix(prefix), let number = Double(name.dropFirst(prefix.count)) else { return nil }
            return (number, "\(root)/\(name)/bin")
        }
        return numbered.sorted { $0.0 > $1.0 }.map(\.1)
    }

    private static func isComplete(_ folder: String) -> Bool {
        ["initdb", "pg_ctl", "postgres"].allSatisfy { FileManager.default.isExecutableFile(atPath: "\(folder)/\($0)") }
    }

    /// The number in `/usr/lib/postgresql/15/bin` or `/usr/pgsql-15/bin`.
    private static func version(in folder: String) -> String? {
        let parts = folder.split(separator: "/")
        guard parts.last == "bin", let name = parts.dropLast().last else { return nil }
        let digits = name.hasPrefix("pgsql-") ? name.dropFirst(6) : name
        return Double(digits) == nil ? nil : String(digits)
    }
}

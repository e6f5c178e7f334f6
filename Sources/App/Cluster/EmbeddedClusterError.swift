/// Why the embedded PostgreSQL is not there, and what to change.
package enum EmbeddedClusterError: Error, Hashable, Sendable, CustomStringConvertible {
    /// Another service uses the data folder.
    case folderInUse(folder: String, process: Int32?)
    /// The data folder cannot be made, written or locked.
    case folderUnusable(folder: String, reason: String)
    /// The user that runs PostgreSQL may not pass through a folder.
    case folderUnreachable(folder: String, account: String)
    /// The cluster belongs to a user that this process cannot become.
    case foreignCluster(folder: String, owner: String)
    /// No server programs were found, or none of the right version.
    case noServer(wanted: String?, lookedIn: [String])
    /// This process is root, and there is no user to run PostgreSQL as.
    case noAccount
    /// A program failed.
    case commandFailed(step: String, output: String)
    /// The server does not answer.
    case unreachable(reason: String)

    package var description: String {
        switch self {
        case .folderInUse(let folder, let process):
            "the data folder \(folder) is in use by another driftline"
                + (process.map { " (process \($0))" } ?? "") + ": stop that one, or choose another folder with --data"
        case .folderUnusable(let folder, let reason):
            "the data folder \(folder) cannot be used: \(reason)"
        case .folderUnreachable(let folder, let account):
            "PostgreSQL runs as user \(account), who may not enter \(folder): run `chmod o+x \(folder)`, or choose a "
                + "data folder elsewhere with --data"
        case .foreignCluster(let folder, let owner):
            "\(folder) belongs to user \(owner): run driftline as \(owner), or choose another folder with --data"
        case .noServer(let wanted, let lookedIn):
            "no server programs of PostgreSQL\(wanted.map { " \($0)" } ?? "") found in "
                + "\(lookedIn.joined(separator: ", ")): install them, name their folder in DRIFTLINE_POSTGRES_BIN, or use "
                + "a server of yours with DRIFTLINE_DATABASE_URL"
        case .noAccount:
            "PostgreSQL refuses to run as root, and there is no user `postgres` to run it as: run driftline as another "
                + "user, or use a server of yours with DRIFTLINE_DATABASE_URL"
        case .commandFailed(let step, let output):
            "\(step) failed: \(output)"
        case .unreachable(let reason):
            "the embedded PostgreSQL does not answer: \(reason)"
        }
    }
}

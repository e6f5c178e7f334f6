import Foundation
import Postgres

/// Makes, configures, starts and stops a cluster with PostgreSQL's own programs.
struct ClusterInstallation: Sendable {
    let folders: ClusterFolders
    let programs: ServerPrograms
    let command: ClusterCommand

    /// Checks that the cluster's user can pass through every folder down to the data folder.
    func checkAccess() async throws(EmbeddedClusterError) {
        guard let account = command.account else { return }
        var path = ""
        let ancestors = folders.data.split(separator: "/").map { part in
            path += "/" + part
            return path
        }
        let script = "for f in \"$@\"; do [ -x \"$f\" ] || { printf %s \"$f\"; exit 1; }; done"
        let (status, output) = try await command.outcome(of: "/bin/sh", ["-c", script, "sh"] + ancestors)
        guard status == 0 else { throw .folderUnreachable(folder: output, account: account.name) }
    }

    /// Makes an empty cluster. It gets its name when it is whole, so that a half-made one is never taken for one.
    func create() async throws(EmbeddedClusterError) {
        do {
            if FileManager.default.fileExists(atPath: folders.staging) {
                try FileManager.default.removeItem(atPath: folders.staging)
            }
        } catch {
            throw .folderUnusable(folder: folders.staging, reason: error.localizedDescription)
        }
        try makeFolder(folders.staging)
        try await command.run(
            "initdb", programs.path("initdb"),
            [
                "-D", folders.staging, "--username=driftline", "--encoding=UTF8", "--locale=C", "--auth-local=trust",
                "--auth-host=reject", "--data-checksums", "--no-instructions",
            ])
        do {
            try FileManager.default.moveItem(atPath: folders.staging, toPath: folders.cluster)
        } catch {
            throw .folderUnusable(folder: folders.cluster, reason: error.localizedDescription)
        }
    }

    /// Writes our settings, and makes the socket's folder.
    func configure() async throws(EmbeddedClusterError) {
        try makeFolder(folders.socket)
        let settings = ClusterSettings(socketFolder: folders.socket, pageCompression: try await pageCompression())
        // As the cluster's user: root must not write into a folder that another user can fill with symbolic links.
        let script = """
            set -e; umask 077; cd "$1"
            printf '%s' "$3" >"$2.new"; mv "$2.new" "$2"
            grep -q "^include '$2'" postgresql.conf || printf "\\ninclude '%s'\\n" "$2" >>postgresql.conf
            : >start.log
            """
        try await command.run(
            "writing PostgreSQL's settings", "/bin/sh",
            ["-c", script, "sh", folders.cluster, ClusterSettings.fileName, settings.text])
    }

    /// LZ4 where the server has it. PostgreSQL's own method, which every server has, takes more than half of the time of an update
    /// whose page is written whole.
    private func pageCompression() async throws(EmbeddedClusterError) -> String {
        let (status, _) = try await command.outcome(
            of: programs.path("postgres"),
            ["-D", folders.cluster, "-C", "wal_compression", "-c", "wal_compression=lz4"])
        return status == 0 ? "lz4" : "on"
    }

    /// Starts the server and waits until it takes connections; after a crash it recovers first.
    ///
    /// The processes of a server that was killed go within moments of it; until then the new one is refused, and is
    /// tried again.
    func startServer() async throws(EmbeddedClusterError) {
        var attemptsLeft = 40
        while true {
            let (status, output) = try await command.outcome(
                of: programs.path("pg_ctl"),
                ["start", "-w", "-t", "600", "-s", "-D", folders.cluster, "-l", folders.startLog])
            if status == 0 { return }
            let said = startMessages
            let isLocked = said.contains("lock file \"postmaster.pid\" already exists")
            if isLocked {
                // A server that was killed would have gone by now: this one runs, started by a service that is gone since.
                if attemptsLeft < 36, let holder = folders.postmaster, folders.isWorkedIn(by: holder) == true { return }
                try await freeLock()
            }
            guard isLocked || said.contains("shared memory block"), attemptsLeft > 0 else {
                throw .commandFailed(
                    step: "starting PostgreSQL",
                    output: "\(output)\n\(said)\n\(latestLog)\nMore may be in \(folders.cluster)/log.")
            }
            attemptsLeft -= 1
            do { try await Task.sleep(for: .milliseconds(250)) } catch {
                throw .commandFailed(step: "starting PostgreSQL", output: "cancelled")
            }
        }
    }

    /// Takes away the locks of a server that is gone, whose number another process has got since, or that nobody has reaped:
    /// PostgreSQL takes that one for the server. Nobody else starts one here, because the data folder is ours.
    private func freeLock() async throws(EmbeddedClusterError) {
        guard folders.processes?.isEmpty == true else { return }
        try await command.run(
            "removing the lock of a server that is gone", "/bin/rm", ["-f", folders.lockFile, folders.socketLock])
    }

    /// Stops the server with a checkpoint, or without one when that takes longer than the limit.
    func stopServer(within limit: Duration) async throws(EmbeddedClusterError) {
        let seconds = String(max(1, limit.components.seconds))
        let arguments = ["stop", "-s", "-w", "-D", folders.cluster]
        let (status, _) = try await command.outcome(
            of: programs.path("pg_ctl"), arguments + ["-m", "fast", "-t", seconds])
        if status == 0 { return }
        try await command.run(
            "stopping PostgreSQL", programs.path("pg_ctl"), arguments + ["-m", "immediate", "-t", "20"])
    }

    /// The end of what the server said before its log was open.
    private var startMessages: String {
        do { return String(try String(contentsOfFile: folders.startLog, encoding: .utf8).suffix(2000)) } catch {
            return ""
        }
    }

    /// The end of what the server said in the newest file of its log.
    private var latestLog: String {
        let folder = "\(folders.cluster)/log"
        do {
            let files = try FileManager.default.contentsOfDirectory(atPath: folder).map { "\(folder)/\($0)" }
            let newest = try files.max {
                let dates = try [$0, $1].map {
                    try FileManager.default.attributesOfItem(atPath: $0)[.modificationDate] as? Date
                }
                return dates[0] ?? .distantPast < dates[1] ?? .distantPast
            }
            guard let newest else { return "" }
            return String(try String(contentsOfFile: newest, encoding: .utf8).suffix(2000))
        } catch {
            return ""
        }
    }

    /// Makes a folder that only the cluster's user may enter, or checks that it is one.
    private func makeFolder(_ path: String) throws(EmbeddedClusterError) {
        let manager = FileManager.default
        do {
            if !manager.fileExists(atPath: path) {
                try manager.createDirectory(
                    atPath: path, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
                if let account = command.account {
                    try manager.setAttributes(
                        [.ownerAccountID: Int(account.user), .groupOwnerAccountID: Int(account.group)],
                        ofItemAtPath: path)
                }
            }
            // In /tmp somebody else may have been first.
            let attributes = try manager.attributesOfItem(atPath: path)
            let owner = (attributes[.ownerAccountID] as? NSNumber)?.uint32Value
            let permissions = (attributes[.posixPermissions] as? NSNumber)?.intValue
            guard attributes[.type] as? FileAttributeType == .typeDirectory,
                owner == command.account?.user ?? SystemAccount.current, permissions.map({ $0 & 0o077 }) == 0
            else {
                throw EmbeddedClusterError.folderUnusable(
                    folder: path, reason: "it belongs to somebody else or is open to others: remove it")
            }
        } catch let error as EmbeddedClusterError {
            throw error
        } catch {
            throw .folderUnusable(folder: path, reason: error.localizedDescription)
        }
    }
}

import Foundation
package import Logging
import Postgres

/// The service's own PostgreSQL, in its data folder, reachable through a Unix socket only.
///
/// The server is not a child of the service: it outlives a service that was killed, and the next one takes it over
/// without a restart. Only `stop` stops it.
package actor EmbeddedCluster {
    private let folders: ClusterFolders
    private let chosenPrograms: String?
    private let logger: Logger
    private var lock: FolderLock?

    /// - Parameters:
    ///   - dataFolder: The service's data folder; made when missing.
    ///   - programs: The folder of PostgreSQL's server programs; without it the newest installed is found.
    ///   - logger: Where starts and crashes are told.
    package init(
        dataFolder: String,
        programs: String? = ProcessInfo.processInfo.environment[ServerPrograms.variable],
        logger: Logger = Logger(label: "driftline.postgres")
    ) {
        folders = ClusterFolders(data: dataFolder)
        chosenPrograms = programs
        self.logger = logger
    }

    /// How to reach the database, once `start` has returned.
    package nonisolated var connectionString: String { folders.connectionString(database: "driftline") }

    /// Process id of the server; `nil` when none runs.
    package nonisolated var serverProcess: Int32? {
        guard let process = folders.postmaster, SystemProcess(process).isAlive else { return nil }
        // The number may be somebody else's by now.
        return folders.isWorkedIn(by: process) ?? true ? process : nil
    }

    /// Makes sure that the server runs and has its database; makes the cluster the first time.
    ///
    /// A server that still runs is taken over in milliseconds; one that crashed is started, which recovers it. Calling
    /// it again is harmless.
    /// - Returns: The connection string.
    @discardableResult
    package func start() async throws(EmbeddedClusterError) -> String {
        try takeFolder()
        if serverProcess != nil, case .ready = await awaitAnswer() {
            logger.info("took over the running PostgreSQL", metadata: ["folder": "\(folders.cluster)"])
            try await createDatabase()
            return connectionString
        }
        let installation = try installation()
        try await installation.checkAccess()
        if folders.clusterVersion == nil {
            logger.info("making an embedded PostgreSQL", metadata: ["folder": "\(folders.cluster)"])
            try await installation.create()
            do throws(FolderLock.Refusal) { try lock?.flushFolder() } catch { throw EmbeddedClusterError(error) }
        }
        try await installation.configure()
        try await installation.startServer()
        if case .silent(let reason) = await awaitAnswer() { throw .unreachable(reason: reason) }
        try await createDatabase()
        return connectionString
    }

    /// Stops the server with a checkpoint, and gives the data folder back. Harmless when nothing runs. A checkpoint
    /// that takes longer than the limit is given up: the server is stopped at once, and recovers at its next start.
    package func stop(within limit: Duration = .seconds(60)) async throws(EmbeddedClusterError) {
        guard lock != nil else { return }
        if serverProcess != nil { try await installation().stopServer(within: limit) }
        lock = nil
    }

    /// Starts the server again if it is gone, as after a crash.
    /// - Returns: Whether that was needed.
    package func restartIfGone() async throws(EmbeddedClusterError) -> Bool {
        guard lock != nil, serverProcess == nil else { return false }
        logger.error("the embedded PostgreSQL is gone and is started again")
        try await start()
        return true
    }

    /// Says that the server could not be started again; it is tried again at the next look.
    func report(_ error: any Error) {
        logger.error("the embedded PostgreSQL does not start", metadata: ["error": "\(error)"])
    }

    private func installation() throws(EmbeddedClusterError) -> ClusterInstallation {
        let account = try ClusterCommand.account(cluster: folders.cluster)
        return ClusterInstallation(
            folders: folders,
            programs: try ServerPrograms.find(major: folders.clusterVersion, chosen: chosenPrograms),
            command: ClusterCommand(account: account, log: folders.commandLog))
    }

    private func takeFolder() throws(EmbeddedClusterError) {
        guard lock == nil else { return }
        do {
            // Root's folder holds the cluster of another user, who must pass through.
            try FileManager.default.createDirectory(
                atPath: folders.data, withIntermediateDirectories: true,
                attributes: [.posixPermissions: SystemAccount.current == 0 ? 0o711 : 0o700])
        } catch {
            throw .folderUnusable(folder: folders.data, reason: error.localizedDescription)
        }
        do throws(FolderLock.Refusal) {
            lock = try FolderLock(folder: folders.data)
        } catch {
            throw EmbeddedClusterError(error)
        }
    }

    /// What came of waiting for the server.
    private enum Answer {
        case ready
        case silent(String)
    }

    /// Waits until the server takes connections: long while it says that it is recovering, else not.
    private func awaitAnswer() async -> Answer {
        let clock = ContinuousClock()
        let begin = clock.now
        while true {
            do throws(PostgresError) {
                let connection = try await PostgresConnection.open(configuration(database: "postgres"))
                await connection.close()
                return .ready
            } catch {
                let patience: Duration = error.message.contains("starting up") ? .seconds(600) : .seconds(30)
                guard serverProcess != nil, begin.duration(to: clock.now) < patience else {
                    return .silent(error.description)
                }
            }
            do { try await clock.sleep(for: .milliseconds(20)) } catch { return .silent("cancelled") }
        }
    }

    private func createDatabase() async throws(EmbeddedClusterError) {
        do throws(PostgresError) {
            let connection = try await PostgresConnection.open(configuration(database: "postgres"))
            let exists = try await connection.query(
                Statement("database", "SELECT count(*) FROM pg_database WHERE datname = 'driftline'")
            ).only { row throws(PostgresError) in try row.int64(0) }
            if exists == 0 { try await connection.script(Statement("database", "CREATE DATABASE driftline")) }
            await connection.close()
        } catch {
            throw .unreachable(reason: error.description)
        }
    }

    private nonisolated func configuration(database: String) -> PostgresConfiguration {
        PostgresConfiguration(
            connectionString: folders.connectionString(database: database), connectTimeout: .seconds(5))
    }
}

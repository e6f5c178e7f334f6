import Foundation
import Testing

/// A service under test with a data folder of its own: started, stopped, killed and started again.
final class Service {
    /// The service did not become ready.
    struct NotReady: Error, CustomStringConvertible {
        let log: String
        var description: String { "the service is not ready; its log:\n\(log)" }
    }

    /// What a service is started with.
    struct Files: Sendable {
        var rules = ""
        var notifications: String?
        var retraining: String?
        /// The server to work on; nil for one of the service's own.
        var databaseURL: String?
        /// Further settings, as a YAML file.
        var settings: String?
        /// The service's data folder; nil for one that is made for it.
        var data: String?
    }

    let folder: String
    let port = FreePort.next()
    let client: ServiceClient
    private let arguments: [String]
    /// The service's data folder.
    let data: String
    /// The tests' own server does not flush to disk, which a service refuses unless it is told that this is meant.
    private let environment: [String: String]
    /// What the binary is started through, as in `unshare -m`; must end in running what follows it.
    var program: [String] = []
    private var process: RunningProcess?

    private init(_ files: Files) throws {
        // The server of the embedded cluster runs as another user, who must be able to pass.
        folder = "/tmp/driftline-accept-\(UUID().uuidString.prefix(8))"
        let attributes: [FileAttributeKey: Any] = [.posixPermissions: 0o755]
        try FileManager.default.createDirectory(
            atPath: "\(folder)/rules", withIntermediateDirectories: true, attributes: attributes)
        client = try ServiceClient(url: "http://127.0.0.1:\(port)")
        data = files.data ?? "\(folder)/data"
        var arguments: [String] = []
        for (flag, text) in [("notifications", files.notifications), ("retraining", files.retraining)] {
            let path = "\(folder)/\(flag).yaml"
            arguments += ["--\(flag)", path]
            if let text { try Self.write(text, to: path) }
        }
        if let settings = files.settings {
            arguments += ["--config", "\(folder)/driftline.yaml"]
            try Self.write(settings, to: "\(folder)/driftline.yaml")
        }
        if let url = files.databaseURL { arguments += ["--database-url", url] }
        environment = files.databaseURL == nil ? [:] : ["DRIFTLINE_ALLOW_DATA_LOSS": "true"]
        if !files.rules.isEmpty { try Self.write(files.rules, to: "\(folder)/rules/rules.yaml") }
        self.arguments = arguments
    }

    /// Runs the body with a service that has not been started, and clears up behind it.
    static func withFolder<Result>(
        _ files: Files = Files(), _ body: (Service) async throws -> Result
    ) async throws -> Result {
        let service = try Service(files)
        let outcome: Swift.Result<Result, any Error>
        do {
            outcome = .success(try await body(service))
        } catch {
            outcome = .failure(error)
            print("log of the service on port \(service.port):\n\(service.log)")
        }
        try await service.remove()
        return try outcome.get()
    }

    /// Runs the body with a running service, which must end well afterwards.
    static func with<Result>(_ files: Files = Files(), _ body: (Service) async throws -> Result) async throws -> Result
    {
        try await withFolder(files) { service in
            try await service.start()
            let result = try await body(service)
            try await service.stop()
            return result
        }
    }

    /// Starts the process and waits until it is ready.
    func start(listen: String? = nil, patience: Duration = .seconds(60)) async throws {
        let process = try launch(listen: listen)
        let client = client
        let isDecided = try await Waiting.until(within: patience) {
            if !process.isRunning { return true }
            return await client.isReady()
        }
        guard isDecided, process.isRunning else { throw NotReady(log: log) }
    }

    /// Starts the process and does not wait.
    func launch(
        _ more: [String] = [], listen: String? = nil, environment: [String: String] = [:]
    ) throws -> RunningProcess {
        let base = [
            "serve", "--listen", listen ?? "127.0.0.1:\(port)", "--data", data, "--rules", "\(folder)/rules",
        ]
        let process = try RunningProcess(
            base + arguments + more, log: "\(folder)/log",
            environment: self.environment.merging(environment) { $1 }, through: program)
        self.process = process
        return process
    }

    /// Sends SIGTERM; the process must end with status 0 within 15 s.
    func stop(_ location: SourceLocation = #_sourceLocation) async throws {
        guard let process else { return }
        process.terminate()
        let status = try await process.status(within: .seconds(15))
        #expect(status == 0, "the service's log:\n\(log.suffix(2000))", sourceLocation: location)
    }

    /// Sends SIGKILL and waits for the end.
    func kill() async throws {
        try await process?.kill()
    }

    /// The process id of the embedded cluster's server; nil where none is noted.
    var postmaster: Int32? {
        do {
            let text = try String(contentsOfFile: "\(data)/postgres/postmaster.pid", encoding: .utf8)
            return text.split(separator: "\n").first.flatMap { Int32($0) }
        } catch {
            return nil
        }
    }

    /// The process's number; nil before it is started.
    var processID: Int32? { process?.id }

    /// Whether the process runs.
    var isRunning: Bool { process?.isRunning ?? false }

    /// Runs another command of the binary to its end.
    func run(_ arguments: [String], within limit: Duration = .seconds(120)) async throws -> (
        status: Int32, output: String
    ) {
        try await RunningProcess.run(arguments, log: "\(folder)/\(arguments[0]).log", within: limit)
    }

    /// What the service has written.
    var log: String {
        do { return try String(contentsOfFile: "\(folder)/log", encoding: .utf8) } catch { return "none: \(error)" }
    }

    /// Ends what still runs, also a server of PostgreSQL that outlived its service, and removes the folder.
    private func remove() async throws {
        if let process, process.isRunning { try await process.kill() }
        if let postmaster, Self.isAlive(postmaster) {
            Foundation.kill(postmaster, SIGQUIT)
            _ = try await Waiting.until(within: .seconds(10)) { !Self.isAlive(postmaster) }
        }
        try FileManager.default.removeItem(atPath: folder)
    }

    /// Whether a process with this id lives.
    static func isAlive(_ process: Int32) -> Bool {
        do {
            let status = try String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8)
            return !status.contains(") Z ")
        } catch {
            return false
        }
    }

    private static func write(_ text: String, to path: String) throws {
        try Data(text.utf8).write(to: URL(filePath: path))
    }
}

import Foundation

/// A process of the binary whose outputs go to a file, so that nothing has to read along.
final class RunningProcess {
    /// A process did not end in time.
    struct Overdue: Error, CustomStringConvertible {
        let limit: Duration
        let log: String
        var description: String { "the process has not ended within \(limit); its log:\n\(log)" }
    }

    private let process = Process()
    private let logPath: String

    /// Starts the binary, through another program where one is named; its outputs are appended to the log.
    init(
        _ arguments: [String], log: String, environment: [String: String] = [:], through program: [String] = []
    ) throws {
        logPath = log
        if !FileManager.default.fileExists(atPath: log) {
            try Data().write(to: URL(filePath: log))
        }
        let output = try FileHandle(forWritingTo: URL(filePath: log))
        try output.seekToEnd()
        let command = program + [try Binary.path] + arguments
        process.executableURL = URL(filePath: command[0])
        process.arguments = Array(command.dropFirst())
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = output
        process.standardError = output
        try process.run()
        try output.close()
    }

    /// Its number.
    var id: Int32 { process.processIdentifier }

    /// Whether it still runs.
    var isRunning: Bool { process.isRunning }

    /// What it has written so far, with what others wrote to the same file before.
    var log: String {
        get throws { String(decoding: try Data(contentsOf: URL(filePath: logPath)), as: UTF8.self) }
    }

    /// Sends SIGTERM.
    func terminate() {
        if process.isRunning { process.terminate() }
    }

    /// Sends SIGKILL and waits for the end.
    func kill() async throws {
        Foundation.kill(process.processIdentifier, SIGKILL)
        _ = try await status(within: .seconds(10))
    }

    /// The exit status once the process has ended; a signal counts as its negative number.
    func status(within limit: Duration) async throws -> Int32 {
        let ended = try await Waiting.until(within: limit) { !process.isRunning }
        guard ended else {
            Foundation.kill(process.processIdentifier, SIGKILL)
            throw Overdue(limit: limit, log: String(try log.suffix(4000)))
        }
        return process.terminationReason == .exit ? process.terminationStatus : -process.terminationStatus
    }

    /// Runs the binary to its end and returns its status and what it wrote.
    static func run(
        _ arguments: [String], log: String, environment: [String: String] = [:], within limit: Duration = .seconds(120)
    ) async throws -> (status: Int32, output: String) {
        let before = FileManager.default.fileExists(atPath: log) ? try Data(contentsOf: URL(filePath: log)).count : 0
        let process = try RunningProcess(arguments, log: log, environment: environment)
        let status = try await process.status(within: limit)
        let bytes = try Data(contentsOf: URL(filePath: log))
        return (status, String(decoding: bytes.dropFirst(before), as: UTF8.self))
    }
}

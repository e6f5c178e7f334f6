import Foundation

/// The built binary as a running process: its lines are read while it runs.
final class DriftlineProcess {
    private let process = Process()
    private let output = Pipe()
    private var text = ""

    /// The binary that `DRIFTLINE_BIN` names, else that of a debug build.
    static var binary: String { ProcessInfo.processInfo.environment["DRIFTLINE_BIN"] ?? ".build/debug/driftline" }

    /// The process ended before it wrote what was waited for.
    struct Ended: Error, CustomStringConvertible {
        let output: String
        var description: String { "driftline ended; it wrote: \(output)" }
    }

    /// Starts the binary, with both of its outputs in one.
    init(_ arguments: [String], environment: [String: String] = [:]) throws {
        process.executableURL = URL(filePath: Self.binary)
        process.arguments = arguments
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        process.standardOutput = output
        process.standardError = output
        process.standardInput = FileHandle.nullDevice
        try process.run()
    }

    /// Waits until the output holds a text, and returns all of it so far.
    @discardableResult
    func output(with part: String) throws -> String {
        while !text.contains(part) {
            let data = output.fileHandleForReading.availableData
            if data.isEmpty { throw Ended(output: text) }
            text += String(decoding: data, as: UTF8.self)
        }
        return text
    }

    /// Sends SIGTERM and waits for the end.
    func stop() -> Int32 {
        if process.isRunning { process.terminate() }
        return finish().status
    }

    /// Sends SIGKILL and waits for the end.
    func kill() {
        Foundation.kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
    }

    /// Waits for the end.
    func finish() -> (status: Int32, output: String) {
        while true {
            let data = output.fileHandleForReading.availableData
            if data.isEmpty { break }
            text += String(decoding: data, as: UTF8.self)
        }
        process.waitUntilExit()
        return (process.terminationStatus, text)
    }

    /// Runs the binary to its end.
    static func run(_ arguments: [String]) throws -> (status: Int32, output: String) {
        try DriftlineProcess(arguments).finish()
    }
}

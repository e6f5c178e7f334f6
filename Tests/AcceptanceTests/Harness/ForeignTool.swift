import Foundation

/// A program of the peers, where it is installed.
struct ForeignTool {
    private let path: String

    /// Finds a program in `PATH`.
    init?(_ name: String) {
        let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
        guard
            let path = folders.map({ "\($0)/\(name)" }).first(where: FileManager.default.isExecutableFile(atPath:))
        else { return nil }
        self.path = path
    }

    /// Whether a test with these programs can run; continuous integration must have all of them.
    static func areThere(_ names: String...) -> Bool {
        names.allSatisfy { ForeignTool($0) != nil } || ProcessInfo.processInfo.environment["CI"] == "true"
    }

    /// Runs the program to its end, with both outputs in one.
    func run(_ arguments: [String]) throws -> (status: Int32, output: String) {
        let (process, pipe) = try started(arguments)
        let output = try pipe.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return (process.terminationStatus, String(decoding: output, as: UTF8.self))
    }

    /// Starts the program; its outputs are thrown away.
    func start(_ arguments: [String]) throws -> Process {
        let process = Process()
        process.executableURL = URL(filePath: path)
        process.arguments = arguments
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        return process
    }

    private func started(_ arguments: [String]) throws -> (Process, Pipe) {
        let process = Process()
        let pipe = Pipe()
        process.executableURL = URL(filePath: path)
        process.arguments = arguments
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = pipe
        process.standardError = pipe
        try process.run()
        return (process, pipe)
    }
}

import Foundation

/// The Python with the packages that check what we send: the one that `STANDARDWEBHOOKS_PYTHON` names, else `python3`.
enum PythonPeer {
    private static let python = ProcessInfo.processInfo.environment["STANDARDWEBHOOKS_PYTHON"] ?? "python3"

    /// Whether a module can be imported.
    static func has(_ module: String) -> Bool { run("import \(module)", [])?.status == 0 }

    /// Runs a program; nil where there is no Python.
    static func run(_ program: String, _ arguments: [String]) -> (status: Int32, output: String)? {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [python, "-c", program] + arguments
        let output = Pipe()
        process.standardError = FileHandle.nullDevice
        process.standardOutput = output
        do {
            try process.run()
        } catch {
            return nil
        }
        let bytes = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return (process.terminationStatus, String(decoding: bytes, as: UTF8.self))
    }

    /// Bytes in hexadecimal digits, as arguments are given.
    static func hex(_ bytes: [UInt8]) -> String {
        bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}

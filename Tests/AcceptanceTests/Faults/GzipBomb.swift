import Foundation

/// A small body that becomes a large one.
enum GzipBomb {
    /// A gzip member of so many blanks, made by the system's own program.
    static func bytes(of count: Int) throws -> [UInt8] {
        let process = Process()
        process.executableURL = URL(filePath: "/bin/sh")
        process.arguments = ["-c", "head -c \(count) /dev/zero | tr '\\000' ' ' | gzip -9"]
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let data = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return Array(data)
    }
}

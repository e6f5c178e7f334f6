import Foundation

/// A small body that becomes a large one.
enum GzipBomb {
    /// A gzip member of so many blanks, made by the system's own program.
    static func bytes(of count: Int) throws -> [UInt8] {
        try output(of: "head -c \(count) /dev/zero | tr '\\000' ' ' | gzip -9")
    }

    /// The same in lines of 64 KiB.
    static func lines(of count: Int) throws -> [UInt8] {
        try output(of: "yes \"$(printf '%65535s' '')\" | head -c \(count) | gzip -1")
    }

    /// A packed table of so many rows with the columns `x`, from 0 to 99, and `c`, which is `a`.
    static func table(rows: Int) throws -> [UInt8] {
        try output(of: "(echo x,c; seq \(rows) | awk '{print $1 % 100 \",a\"}') | gzip")
    }

    private static func output(of command: String) throws -> [UInt8] {
        let process = Process()
        process.executableURL = URL(filePath: "/bin/sh")
        process.arguments = ["-c", command]
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let data = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return Array(data)
    }
}

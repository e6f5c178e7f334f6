import Foundation

/// A volume in memory that is soon full; root alone can make one.
struct SmallVolume {
    /// Where it is mounted.
    let folder: String

    private var filler: String { "\(folder)/filler" }

    /// Runs the body with a volume of so many megabytes.
    static func with<Result>(megabytes: Int, _ body: (SmallVolume) async throws -> Result) async throws -> Result {
        let folder = "/tmp/driftline-volume-\(UUID().uuidString.prefix(8))"
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o755])
        try run("mount", "-t", "tmpfs", "-o", "size=\(megabytes)m,mode=0755", "tmpfs", folder)
        let outcome: Swift.Result<Result, any Error>
        do { outcome = .success(try await body(SmallVolume(folder: folder))) } catch { outcome = .failure(error) }
        try run("umount", "-l", folder)
        try FileManager.default.removeItem(atPath: folder)
        return try outcome.get()
    }

    /// Leaves no room.
    func fill() throws {
        // It ends with an error once nothing fits any more, which is what it is for.
        try? Self.run("dd", "if=/dev/zero", "of=\(filler)", "bs=64k")
    }

    /// Makes room again.
    func empty() throws {
        try FileManager.default.removeItem(atPath: filler)
    }

    private static func run(_ arguments: String...) throws {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = arguments
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw Unexpected(description: "\(arguments) ended with \(process.terminationStatus)")
        }
    }
}

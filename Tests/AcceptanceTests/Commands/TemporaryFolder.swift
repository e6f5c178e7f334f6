import Foundation

/// A folder of one test.
enum TemporaryFolder {
    /// Makes a folder below `/tmp`, which other users may enter, runs the body and removes it.
    static func with<Result>(_ body: (String) async throws -> Result) async throws -> Result {
        let path = "/tmp/driftline-command-\(UUID().uuidString.prefix(8))"
        try FileManager.default.createDirectory(
            atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o755])
        defer {
            do { try FileManager.default.removeItem(atPath: path) } catch {
                print("could not remove \(path): \(error)")
            }
        }
        return try await body(path)
    }
}

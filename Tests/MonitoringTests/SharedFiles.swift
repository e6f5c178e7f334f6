import Foundation
import Testing

/// The real logs and expected values beside the package; read where they lie.
enum SharedFiles {
    private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appending(path: "shared")

    /// Whether tests over these files run: in CI always, so that their absence fails there; elsewhere where they exist.
    static var areExpected: Bool {
        ProcessInfo.processInfo.environment["CI"] == "true" || FileManager.default.fileExists(atPath: root.path())
    }

    static func bytes(_ path: String) throws -> Data {
        try Data(contentsOf: root.appending(path: path))
    }

    static func object(_ path: String) throws -> [String: Any] {
        try #require(try JSONSerialization.jsonObject(with: bytes(path)) as? [String: Any])
    }

    /// The rows of a CSV without quotes: the header's names, and the fields of every line.
    static func table(_ path: String) throws -> (names: [String], rows: [[Substring]]) {
        let text = String(decoding: try bytes(path), as: UTF8.self)
        var lines = text.split(separator: "\n").map { $0.split(separator: ",", omittingEmptySubsequences: false) }
        let names = lines.removeFirst().map(String.init)
        return (names, lines)
    }
}

import Foundation
import JSON

/// The real logs and expected values beside the package; read where they lie.
enum SharedFiles {
    private static let root = Binary.root.deletingLastPathComponent().appending(path: "shared")

    /// Whether tests over these files run: in CI always, so that their absence fails there; elsewhere where they exist.
    static var areExpected: Bool {
        ProcessInfo.processInfo.environment["CI"] == "true" || FileManager.default.fileExists(atPath: root.path())
    }

    /// The path of a file.
    static func path(_ name: String) -> String { root.appending(path: name).path() }

    /// A JSON document.
    static func document(_ name: String) throws -> JSONNode {
        try JSONNode(parsing: Array(try Data(contentsOf: root.appending(path: name))))
    }
}

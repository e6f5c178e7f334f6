import Foundation

/// The built binary under test.
enum Binary {
    /// There is no binary to test.
    struct Missing: Error, CustomStringConvertible {
        let places: [String]
        var description: String {
            "there is no driftline at \(places.joined(separator: " or ")): run `swift build -c release`, or name the "
                + "binary in DRIFTLINE_BIN"
        }
    }

    /// The folder of the package.
    static let root = URL(filePath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// What `DRIFTLINE_BIN` names, else the release build, else the debug build.
    static var path: String {
        get throws {
            var places = [".build/release/driftline", ".build/debug/driftline"].map { root.appending(path: $0).path() }
            if let named = ProcessInfo.processInfo.environment["DRIFTLINE_BIN"] { places = [named] }
            guard let path = places.first(where: { FileManager.default.isExecutableFile(atPath: $0) }) else {
                throw Missing(places: places)
            }
            return path
        }
    }
}

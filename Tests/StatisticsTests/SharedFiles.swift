import Foundation
import Testing

/// Data beside the repository, which tests read where it lies.
enum SharedFiles {
    /// The folder `shared` beside the package.
    static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appending(path: "shared")

    /// Whether tests that need it run: with CI=true they run, and fail, even if it is absent.
    static let areExpected =
        FileManager.default.fileExists(atPath: folder.path)
        || ProcessInfo.processInfo.environment["CI"] == "true"

    static func json(_ path: String) throws -> JSONValue {
        try JSONValue(file: folder.appending(path: path))
    }

    /// The rows of a plain CSV file, by column; an empty field is nil.
    static func csv(_ path: String) throws -> [String: [String]] {
        let text = try String(contentsOf: folder.appending(path: path), encoding: .utf8)
        let lines = text.utf8.split(separator: UInt8(ascii: "\n")).map { line in
            line.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false).map { String(Substring($0)) }
        }
        guard let header = lines.first else { return [:] }
        var columns = [[String]](repeating: [], count: header.count)
        for line in lines.dropFirst() {
            for (index, field) in line.enumerated() where index < header.count { columns[index].append(field) }
        }
        return Dictionary(uniqueKeysWithValues: zip(header, columns))
    }
}

extension Trait where Self == ConditionTrait {
    /// Runs where the data beside the repository is.
    static var sharedFiles: Self {
        .enabled(if: SharedFiles.areExpected, "../shared is absent: clone it beside the package to run this test")
    }
}

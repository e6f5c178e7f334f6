import Foundation

/// What the arguments of `driftline rules` stand for.
enum RulePaths {
    /// How long a rule file may be, in bytes.
    private static let longestFile = 1 << 20

    /// Rule files: files as they are, of a folder what the service reads from it.
    static func ruleFiles(_ paths: [String]) throws(CommandFailure) -> [String] {
        try expand(paths) { folder in yaml(in: folder) + yaml(in: join(folder, "self")) }
    }

    /// Test files: files as they are, of a folder those in its folder `tests`, else its own.
    static func testFiles(_ paths: [String]) throws(CommandFailure) -> [String] {
        try expand(paths) { folder in
            let tests = yaml(in: join(folder, "tests"))
            return tests.isEmpty ? yaml(in: folder) : tests
        }
    }

    /// The text of a file.
    static func text(of path: String) throws(CommandFailure) -> String {
        let bytes = try InputFile(path: path).contents(limit: longestFile)
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw CommandFailure("\(path) is not UTF-8: save it as UTF-8")
        }
        return text
    }

    /// A path below a folder.
    static func join(_ folder: String, _ name: String) -> String {
        folder.isEmpty ? name : folder.hasSuffix("/") ? folder + name : "\(folder)/\(name)"
    }

    /// The names in a folder, in order; none where there is no folder.
    static func names(in folder: String) -> [String] {
        do {
            let names = try FileManager.default.contentsOfDirectory(atPath: folder.isEmpty ? "." : folder)
            return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        } catch {
            return []
        }
    }

    /// Whether a path is that of a folder.
    static func isFolder(_ path: String) -> Bool {
        do {
            let values = try URL(fileURLWithPath: path).resolvingSymlinksInPath().resourceValues(forKeys: [
                .isDirectoryKey
            ])
            return values.isDirectory ?? false
        } catch {
            return false
        }
    }

    private static func yaml(in folder: String) -> [String] {
        names(in: folder).filter { $0.hasSuffix(".yaml") || $0.hasSuffix(".yml") }.map { join(folder, $0) }
    }

    private static func expand(
        _ paths: [String], _ contents: (String) -> [String]
    ) throws(CommandFailure) -> [String] {
        var files: [String] = []
        for path in paths {
            guard isFolder(path) else {
                files.append(path)
                continue
            }
            let found = contents(path)
            guard !found.isEmpty else {
                throw CommandFailure("\(path) has no *.yaml in it: name a file or another folder")
            }
            files += found
        }
        return files
    }
}

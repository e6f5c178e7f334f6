/// A path in which `*` and `?` stand for parts of names, as in the `rule_files` of a test.
struct FilePattern {
    private let folder: String
    private let parts: [String]

    /// A pattern, relative to the folder of the file that it is written in.
    init(_ pattern: String, besides file: String) {
        let isAbsolute = pattern.hasPrefix("/")
        let slash = file.lastIndex(of: "/")
        folder = isAbsolute ? "/" : slash.map { String(file[...$0]) } ?? ""
        parts = pattern.split(separator: "/").map(String.init)
    }

    /// The paths of the files that are there, in order of names.
    ///
    /// - Complexity: O(names in the folders that fit).
    var matches: [String] {
        var paths = [folder]
        for part in parts {
            paths = paths.flatMap { path -> [String] in
                if part == "." || part == ".." { return [RulePaths.join(path, part)] }
                return RulePaths.names(in: path).filter { Self.fits(part, $0) }.map { RulePaths.join(path, $0) }
            }
        }
        return paths.filter { !RulePaths.isFolder($0) }
    }

    /// Whether a name fits a pattern; only the last `*` is ever tried again, which suffices.
    static func fits(_ pattern: String, _ name: String) -> Bool {
        let (pattern, name) = (Array(pattern.utf8), Array(name.utf8))
        var (place, index) = (0, 0)
        var star: (place: Int, index: Int)?
        while index < name.count {
            if place < pattern.count, pattern[place] == UInt8(ascii: "*") {
                star = (place, index)
                place += 1
            } else if place < pattern.count, pattern[place] == UInt8(ascii: "?") || pattern[place] == name[index] {
                place += 1
                index += 1
            } else if let last = star {
                star = (last.place, last.index + 1)
                place = last.place + 1
                index = last.index + 1
            } else {
                return false
            }
        }
        return pattern[place...].allSatisfy { $0 == UInt8(ascii: "*") }
    }
}

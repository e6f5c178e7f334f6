package import Store

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The files that say what is judged, who is told and what is retrained.
package struct SettingsFolder: Sendable, Equatable {
    /// The folder of rule files: `*.yaml` and `self/*.yaml` in it.
    package let rules: String
    /// The notifications file.
    package let notifications: String
    /// The retraining file.
    package let retraining: String

    package init(rules: String, notifications: String, retraining: String) {
        self.rules = rules
        self.notifications = notifications
        self.retraining = retraining
    }

    /// What the files hold, read at one time.
    package struct Content: Sendable, Equatable {
        package var ruleFiles: [StoredFile] = []
        package var notifications: String?
        package var retraining: String?
    }

    /// The most bytes of a file that is read.
    private static let most = 1 << 20

    /// Reads all files; those that do not exist are left out.
    /// - Throws: `SettingsError` with every file that exists and cannot be read.
    package func read() throws(SettingsError) -> Content {
        var mistakes: [String] = []
        var content = Content()
        for name in ruleNames() {
            if let text = text(of: "\(rules)/\(name)", mistakes: &mistakes) {
                content.ruleFiles.append(StoredFile(source: "file", name: name, content: text))
            }
        }
        content.notifications = text(of: notifications, mistakes: &mistakes)
        content.retraining = text(of: retraining, mistakes: &mistakes)
        guard mistakes.isEmpty else { throw SettingsError(mistakes: mistakes) }
        return content
    }

    private func ruleNames() -> [String] {
        let own = names(in: rules)
        return own + names(in: "\(rules)/self").map { "self/\($0)" }
    }

    private func names(in folder: String) -> [String] {
        do {
            return try FileManager.default.contentsOfDirectory(atPath: folder)
                .filter { $0.hasSuffix(".yaml") || $0.hasSuffix(".yml") }.sorted()
        } catch {
            return []
        }
    }

    private func text(of path: String, mistakes: inout [String]) -> String? {
        guard FileManager.default.fileExists(atPath: path) else { return nil }
        guard let bytes = FileManager.default.contents(atPath: path) else {
            mistakes.append("\(path): cannot be read; may this user read it?")
            return nil
        }
        guard bytes.count <= Self.most else {
            mistakes.append("\(path): is larger than 1 MiB; split it")
            return nil
        }
        guard let text = String(data: bytes, encoding: .utf8) else {
            mistakes.append("\(path): is not UTF-8")
            return nil
        }
        return text
    }
}

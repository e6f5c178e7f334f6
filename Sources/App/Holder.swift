#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The name under which this service holds leases: kept in its data folder, so that it takes its own back after a restart.
enum Holder {
    /// Reads the name, or makes one the first time.
    static func name(in folder: String) throws -> String {
        let path = "\(folder)/instance"
        if let data = FileManager.default.contents(atPath: path), let name = String(data: data, encoding: .utf8),
            !name.isEmpty
        {
            return name
        }
        let name = String(UInt64.random(in: .min ... .max), radix: 36)
        do {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            try Data(name.utf8).write(to: URL(filePath: path))
        } catch {
            throw SettingsError(mistakes: ["data: \(folder) cannot be written; may this user write there?"])
        }
        return name
    }
}

import Postgres

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The name under which this service holds leases: kept in its data folder, so that it takes its own back after a restart.
///
/// Several processes may share a data folder: each takes the first name that no other of them uses.
struct Holder {
    let name: String
    private let lock: FolderLock

    /// The most processes with one data folder.
    private static let most = 256

    /// Takes a name, or makes one the first time.
    init(in folder: String) throws {
        for place in 0..<Self.most {
            let path = place == 0 ? "\(folder)/instance" : "\(folder)/instance-\(place)"
            do {
                try FileManager.default.createDirectory(atPath: path + ".held", withIntermediateDirectories: true)
                lock = try FolderLock(folder: path + ".held")
            } catch FolderLock.Refusal.held {
                continue
            } catch {
                throw Self.unwritable(folder)
            }
            name = try Self.name(at: path, in: folder)
            return
        }
        throw SettingsError(mistakes: ["data: \(Self.most) processes use \(folder); give this one another folder"])
    }

    private static func name(at path: String, in folder: String) throws -> String {
        if let data = FileManager.default.contents(atPath: path), let name = String(data: data, encoding: .utf8),
            !name.isEmpty
        {
            return name
        }
        let name = String(UInt64.random(in: .min ... .max), radix: 36)
        do {
            try Data(name.utf8).write(to: URL(filePath: path))
        } catch {
            throw unwritable(folder)
        }
        return name
    }

    private static func unwritable(_ folder: String) -> SettingsError {
        SettingsError(mistakes: ["data: \(folder) cannot be written; may this user write there?"])
    }
}

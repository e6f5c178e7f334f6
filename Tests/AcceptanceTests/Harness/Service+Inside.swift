import Foundation

/// What a test knows of a service besides its interface.
extension Service {
    /// The database of the embedded cluster, for a recount by somebody else.
    var ownDatabase: OwnDatabase {
        OwnDatabase(url: "host=\(data)/socket port=5432 user=driftline dbname=driftline")
    }

    /// The name under which it holds leases; empty before it has one.
    var holder: String {
        do {
            return try String(contentsOfFile: "\(data)/instance", encoding: .utf8)
        } catch {
            return ""
        }
    }

    /// How many bytes of memory the process holds.
    var residentBytes: Int {
        get throws { try bytes(of: "VmRSS:") }
    }

    /// The most bytes of memory that the process held at any time.
    var mostResidentBytes: Int {
        get throws { try bytes(of: "VmHWM:") }
    }

    private func bytes(of field: String) throws -> Int {
        guard let processID else { return 0 }
        let status = try String(contentsOfFile: "/proc/\(processID)/status", encoding: .utf8)
        let line = status.split(separator: "\n").first { $0.hasPrefix(field) }
        return (line?.split(separator: " ").compactMap { Int($0) }.first ?? 0) << 10
    }
}

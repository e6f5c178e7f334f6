import AsyncAlgorithms
import Logging
import Postgres
import ServiceLifecycle

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Has models make room, and gives freed memory back to the system, while many models come and go.
struct MemoryWatch: Service {
    let memory: WindowMemory
    let logger: Logger

    private static let period: Duration = .seconds(2)

    func run() async throws {
        var due = MemoryReturn()
        for await _ in AsyncTimerSequence(interval: Self.period, clock: .continuous).cancelOnGracefulShutdown() {
            // A checkpoint of many panes takes a while, during which more come.
            await memory.relieve()
            guard let resident = Self.resident() else { continue }
            let held = memory.footprint + ReferenceShelf.shared.footprint
            due.observe(resident: resident, held: held)
            guard due.isDue(resident: resident, held: held) else { continue }
            let start = ContinuousClock.now
            ProcessMemory.giveBack()
            let after = Self.resident() ?? resident
            due.note(resident: after, held: held)
            logger.debug(
                "freed memory was given back",
                metadata: [
                    "mebibytes": "\((resident - after) >> 20)", "took": "\(ContinuousClock.now - start)",
                ])
        }
    }

    /// How many bytes the process has in memory; nil where the system does not tell.
    private static func resident() -> Int? {
        do {
            let lines = try String(contentsOfFile: "/proc/self/status", encoding: .utf8).split(separator: "\n")
            let fields = lines.first { $0.hasPrefix("VmRSS:") }?.split(separator: " ") ?? []
            return fields.count > 1 ? Int(fields[1]).map { $0 * 1024 } : nil
        } catch {
            return nil
        }
    }
}

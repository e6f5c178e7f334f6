import Monitoring
import Synchronization

/// How many wrong keys came from each address within the minute, so that nobody can try many.
final class WrongKeys: Sendable {
    /// How many one address may try in a minute.
    static let most = 100
    /// How many addresses are counted at once; further ones are not, until the minute is over.
    private static let mostAddresses = 10_000
    private static let minute: Int64 = 60_000_000

    private struct Tally {
        var minute: Int64 = 0
        var counts: [String: Int] = [:]
    }

    private let tally = Mutex(Tally())

    /// Counts a wrong key.
    /// - Returns: nil, or where there were too many how many seconds are left of the minute.
    func count(from address: String, at now: Time) -> Int? {
        let (minute, passed) = now.microseconds.quotientAndRemainder(dividingBy: Self.minute)
        let tried = tally.withLock { tally in
            if tally.minute != minute { tally = Tally(minute: minute) }
            guard tally.counts[address] != nil || tally.counts.count < Self.mostAddresses else { return 0 }
            tally.counts[address, default: 0] += 1
            return tally.counts[address] ?? 0
        }
        guard tried > Self.most else { return nil }
        return max(1, Int((Self.minute - passed) / 1_000_000))
    }
}

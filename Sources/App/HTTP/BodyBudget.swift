import Synchronization

/// How many bytes of requests are held in memory at once, over all connections: bodies while they come, and what was read out of
/// them until they are answered.
package final class BodyBudget: Sendable {
    private let held = Mutex(0)
    private let most: Int

    /// - Parameter most: how many bytes may be held; a single request that is alone may hold more.
    package init(most: Int) {
        self.most = most
    }

    /// How many bytes are held.
    package var bytes: Int { held.withLock { $0 } }

    /// Takes bytes for a request that holds some already; false where there is no room for them.
    func take(_ count: Int, besides own: Int) -> Bool {
        held.withLock { held in
            let (sum, isTooMuch) = held.addingReportingOverflow(count)
            guard !isTooMuch, sum <= most || held == own else { return false }
            held = sum
            return true
        }
    }

    /// Takes bytes for a request although there may be no room for them.
    func force(_ count: Int) {
        held.withLock { $0 += count }
    }

    /// Gives back what a request held.
    func give(_ count: Int) {
        held.withLock { $0 -= count }
    }
}

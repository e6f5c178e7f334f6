import Synchronization

/// What one request holds of the budget for bodies, and how fast its body comes.
final class BodyShare: Sendable {
    /// The share of the request that is being handled.
    @TaskLocal static var current: BodyShare?

    /// What a body counts at most: packed references may be much longer, and are few.
    static let mostOfBody = 64 << 20

    /// From then on a body must have come at the slowest pace, so that a sender who trickles holds no memory for long.
    private static let grace: Duration = .seconds(30)
    /// The slowest pace, in bytes a second.
    private static let slowest = 1024

    private let budget: BodyBudget
    private let taken = Mutex(0)
    private let start = ContinuousClock.now

    init(of budget: BodyBudget) {
        self.budget = budget
    }

    /// Takes bytes until the request is answered; `most` is what it counts at most, for the few that may be very long.
    /// - Throws: 503 where more requests are being read than fit in memory.
    func take(_ count: Int, most: Int = .max) throws(Problem) {
        let isTaken = taken.withLock { taken in
            let counted = min(count, most - taken)
            guard counted > 0 else { return true }
            guard budget.take(counted, besides: taken) else { return false }
            taken += counted
            return true
        }
        guard isTaken else {
            throw .unavailable("more requests are on their way than fit in memory; send this one again")
        }
    }

    /// Takes bytes for what was read out of a body of this length.
    ///
    /// As many as the body has are always taken: to refuse a request that is read already would waste the work, and the more of
    /// it the more requests there are.
    /// - Throws: 503 where there is no room for the rest.
    func take(_ count: Int, outOf body: Int) throws(Problem) {
        let sure = min(count, body)
        taken.withLock { $0 += sure }
        budget.force(sure)
        try take(count - sure)
    }

    /// Refuses a body of which too little has come.
    /// - Throws: 408.
    func checkPace(_ received: Int) throws(Problem) {
        let elapsed = start.duration(to: .now)
        guard elapsed > Self.grace, received / Self.slowest < elapsed.components.seconds else { return }
        throw .tooSlow("send at least \(Self.slowest) bytes a second")
    }

    /// Gives everything back.
    func end() {
        budget.give(
            taken.withLock { taken in
                defer { taken = 0 }
                return taken
            })
    }
}

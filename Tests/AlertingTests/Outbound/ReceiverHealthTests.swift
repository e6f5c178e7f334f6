import Alerting
import Monitoring
import Testing

struct ReceiverHealthTests {
    private let start = Time(microseconds: 1_767_268_800_000_000)

    private func health(afterFailuresAt minutes: [Int64]) -> ReceiverHealth? {
        minutes.reduce(nil) { ReceiverHealth.afterFailure($0, reason: "refused", at: start + .minutes($1)) }
    }

    @Test(
        arguments: [
            ([0], false), ([0, 1, 2, 3, 14], false), ([0, 1, 2, 15], false), ([0, 1, 2, 3, 15], true),
            ([0, 4, 8, 12, 16], true),
        ] as [([Int64], Bool)])
    func `five failures over a quarter of an hour pause a receiver`(minutes: [Int64], isPaused: Bool) {
        let health = health(afterFailuresAt: minutes)
        #expect((health?.pausedAt != nil) == isPaused)
        #expect((health?.probeAt != nil) == isPaused)
        #expect(health?.failures == minutes.count)
        #expect(health?.failingSince == start)
    }

    @Test func `a paused receiver stays paused since then, and is probed every five minutes`() {
        let paused = health(afterFailuresAt: [0, 1, 2, 3, 15])
        let probed = ReceiverHealth.afterFailure(paused, reason: "again", at: start + .minutes(21))
        #expect(probed.pausedAt == start + .minutes(15))
        #expect(probed.probeAt == start + .minutes(26))
        #expect(probed.lastError == "again")
    }

    @Test(arguments: [
        (DeliveryOutcome.delivered(status: 200), DeliveryOutcome.Evidence.works),
        (.dead(status: 400, reason: "x"), .none),
        (.paused(reason: "x"), .none), (.retry(status: 429, reason: "x", after: nil), .none),
        (.retry(status: 503, reason: "x", after: nil), .fails("x")),
        (.retry(status: nil, reason: "x", after: nil), .fails("x")),
        (.retry(status: 302, reason: "x", after: nil), .fails("x")),
    ])
    func `only silence and breakage speak against a receiver`(
        outcome: DeliveryOutcome, expected: DeliveryOutcome.Evidence
    ) {
        #expect(outcome.evidence == expected)
    }
}

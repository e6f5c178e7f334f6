import Alerting
import Monitoring
import Testing

struct RetryScheduleTests {
    private let schedule = RetrySchedule.standard
    private let created = Time(microseconds: 1_700_000_000_000_000)

    @Test(arguments: [
        (1, "0s"), (2, "5s"), (3, "5m"), (4, "30m"), (5, "2h"), (6, "5h"), (7, "10h"), (8, "14h"), (9, "20h"),
        (10, "1d"),
        (11, "1d"), (1_000_000, "1d"), (0, "0s"), (-1, "0s"),
    ])
    func `the middle of the spread is the table`(attempt: Int, expected: String) {
        #expect(schedule.delay(attempt: attempt, random: 0.5).text == expected)
    }

    @Test(arguments: [(0.0, 0.8), (0.25, 0.9), (0.75, 1.1), (1.0, 1.2), (-5, 0.8), (7, 1.2)])
    func `jitter spreads a delay by a fifth`(random: Double, factor: Double) {
        let delay = schedule.delay(attempt: 3, random: random)
        #expect(abs(delay.seconds - 300 * factor) < 0.001)
    }

    @Test(arguments: [0.0, 0.3, 0.999])
    func `a receiver that is away for 75 hours still gets its delivery`(random: Double) throws {
        var now = created
        var attempts = 0
        let failure = DeliveryOutcome.retry(status: nil, reason: "connection refused", after: nil)
        let back = created + (try #require(PrometheusDuration("75h")))
        while now < back {
            attempts += 1
            let settlement = schedule.settlement(
                of: failure, attempts: attempts, createdAt: created, now: now, random: random)
            guard case .waiting(let next) = settlement else {
                Issue.record("given up at attempt \(attempts)")
                return
            }
            #expect(next > now)
            now = next
        }
        #expect(attempts < 15)
    }

    @Test func `a receiver that never comes back is given up with the last reason`() {
        let failure = DeliveryOutcome.retry(status: 503, reason: "status 503", after: nil)
        let settlement = schedule.settlement(
            of: failure, attempts: 10, createdAt: created, now: created + schedule.span, random: 0.5)
        #expect(settlement == .dead(reason: "given up after 10 attempts: status 503"))
    }

    @Test(arguments: [
        (2, "1s", "5s"), (2, "30s", "30s"), (2, "2h", "1h"), (4, "45m", "45m"), (5, "3h", "3h"), (5, "9h", "4h"),
    ])
    func `a wish is fulfilled between our own delay and the limit`(
        attempt: Int, wish: String, expected: String
    ) throws {
        let wished = try #require(PrometheusDuration(wish))
        #expect(schedule.delay(attempt: attempt, random: 0.5, wish: wished) == PrometheusDuration(expected))
    }

    @Test func `a paused delivery waits without end of the schedule but not for ever`() {
        let paused = DeliveryOutcome.paused(reason: "no such receiver")
        let young = schedule.settlement(of: paused, attempts: 0, createdAt: created, now: created, random: 0.5)
        #expect(young == .waiting(until: created + RetrySchedule.pause))
        let old = schedule.settlement(
            of: paused, attempts: 0, createdAt: created, now: created + schedule.span, random: 0.5)
        #expect(old == .dead(reason: "no such receiver"))
    }
}

import Alerting
import Monitoring
import Testing

struct SlotsTests {
    private static let minute = PrometheusDuration(microseconds: 60_000_000)

    private static func at(_ seconds: Int64) -> Time { Time(microseconds: seconds * 1_000_000) }

    @Test(arguments: [(0, 60), (59, 60), (60, 120), (-1, 0), (61, 120)] as [(Int64, Int64)])
    func `slots are multiples of the interval`(time: Int64, slot: Int64) {
        #expect(Slots.next(after: Self.at(time), every: Self.minute) == Self.at(slot))
    }

    @Test(
        arguments: [(0, 60, 0), (0, 120, 1), (0, 600, 9), (60, 60, 0), (120, 60, 0), (30, 90, 1)]
            as [(Int64, Int64, Int)])
    func `missed slots are counted`(last: Int64, current: Int64, missed: Int) {
        #expect(Slots.missed(between: Self.at(last), and: Self.at(current), every: Self.minute) == missed)
    }

    @Test(
        arguments: [
            ([], nil, nil), ([10], nil, nil), ([130], nil, 180), ([120], nil, 120), ([60, 61], nil, 120),
            ([], 250, 300), ([500], 250, 300), ([130], 250, 180), ([7000], nil, nil), ([], 30, 120),
        ] as [([Int64], Int64?, Int64?)])
    func `quiet slots are skipped`(changes: [Int64], timer: Int64?, expected: Int64?) {
        let slot = Slots.next(
            after: Self.at(60), every: Self.minute, changes: changes.map(Self.at), timer: timer.map(Self.at),
            through: Self.at(3600))
        #expect(slot == expected.map(Self.at))
    }

    @Test func `a sample goes out of sight just after its lookback`() {
        let changes = Slots.changes(
            ends: [Self.at(0), Self.at(300)], lookback: PrometheusDuration(microseconds: 300_000_000))
        #expect(changes.map(\.microseconds) == [0, 300_000_000, 300_000_001, 600_000_001])
    }
}

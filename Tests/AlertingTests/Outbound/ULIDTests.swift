import Alerting
import Monitoring
import Testing

struct ULIDTests {
    @Test(arguments: [
        (0 as Int64, 0 as UInt64, 0 as UInt64, "00000000000000000000000000"), (0, 0, 31, "0000000000000000000000000Z"),
        (1_469_918_176_385_000, 0, 0, "01ARYZ6S410000000000000000"), (0, 0xFFFF, .max, "0000000000ZZZZZZZZZZZZZZZZ"),
        (-5, 0, 0, "00000000000000000000000000"),
    ])
    func `the text is that of the specification`(time: Int64, high: UInt64, low: UInt64, expected: String) {
        #expect(ULID.text(time: Time(microseconds: time), high: high, low: low) == expected)
    }

    @Test func `later ones sort after earlier ones`() {
        let texts = [0, 1000, 2000, 1_700_000_000_000_000, .max].map {
            ULID.text(time: Time(microseconds: $0), high: .random(in: 0...(.max)), low: .random(in: 0...(.max)))
        }
        #expect(texts == texts.sorted())
    }
}

import Monitoring
import Testing

struct TimeTests {
    @Test(arguments: [
        ("1970-01-01T00:00:00Z", 0), ("1997-02-08T00:00:00Z", 855_360_000_000_000),
        ("2025-06-01T13:20:00+02:00", 1_748_776_800_000_000), ("1969-12-31T23:59:59.999999Z", -1),
        ("2024-02-29t12:00:00.5z", 1_709_208_000_500_000), ("2026-01-01T00:00:00.123456789Z", 1_767_225_600_123_456),
        ("2016-12-31T23:59:60Z", 1_483_228_800_000_000), ("1990-12-31T15:59:60-08:00", 662_688_000_000_000),
        ("0001-01-01T00:00:00Z", -62_135_596_800_000_000), ("9999-12-31T23:59:59.999999Z", 253_402_300_799_999_999),
        ("2026-01-01T00:00:00-23:59", 1_767_311_940_000_000),
    ])
    func `a valid text is its instant`(text: String, microseconds: Int64) {
        #expect(Time(rfc3339: text)?.microseconds == microseconds)
        #expect(Time(bytes: text.utf8)?.microseconds == microseconds)
    }

    @Test(arguments: [
        "", "now", "infinity", "2026-01-01", "2026-01-01T00:00:00", "2026-01-01 00:00:00Z", "2026-02-30T00:00:00Z",
        "2025-02-29T00:00:00Z", "1900-02-29T00:00:00Z", "2026-01-01T24:00:00Z", "2026-01-01T00:60:00Z",
        "2026-01-01T00:00:61Z", "2026-01-01T10:00:60Z", "2026-01-01T00:00:00+99:99", "2026-01-01T00:00:00+24:00",
        "99999-01-01T00:00:00Z", "-001-01-01T00:00:00Z", "2026-01-01T00:00:00.Z", "2026-01-01T00:00:00.1234567890Z",
        "2026-01-01T00:00:00Zx", " 2026-01-01T00:00:00Z", "2026-1-1T00:00:00Z", "2026-13-01T00:00:00Z",
        "2026-00-01T00:00:00Z", "2026-01-00T00:00:00Z", "0000-12-31T00:00:00Z", "0001-01-01T00:00:00+01:00",
        "9999-12-31T23:59:60Z", "1700000000", "2026-01-01T00:00:00+0200", "٢٠٢٦-01-01T00:00:00Z",
    ])
    func `an invalid text is no time`(text: String) {
        #expect(Time(rfc3339: text) == nil)
    }

    @Test(arguments: [
        (0, "1970-01-01T00:00:00Z"), (-1, "1969-12-31T23:59:59.999999Z"), (1_500_000, "1970-01-01T00:00:01.5Z"),
        (951_782_400_000_000, "2000-02-29T00:00:00Z"), (Int64.max, "9999-12-31T23:59:59.999999Z"),
        (Int64.min, "0001-01-01T00:00:00Z"),
    ])
    func `an instant is written in UTC`(microseconds: Int64, text: String) {
        #expect(Time(microseconds: microseconds).rfc3339 == text)
    }

    @Test(arguments: 0..<200)
    func `reading what was written gives the same instant`(seed: UInt64) {
        var random = SeededRandom(seed)
        let time = Time(
            microseconds: Int64.random(in: Time.earliest.microseconds...Time.latest.microseconds, using: &random))
        #expect(Time(rfc3339: time.rfc3339) == time)
    }

    @Test(arguments: [
        (0, 0), (1, 0), (-1, -10), (9, 0), (10, 10), (-10, -10),
    ])
    func `floor goes down to the grid`(time: Int64, expected: Int64) {
        let step = PrometheusDuration(microseconds: 10)
        #expect(Time(microseconds: time).floor(toMultipleOf: step).microseconds == expected)
        let ceiling = expected == time ? time : expected + 10
        #expect(Time(microseconds: time).ceil(toMultipleOf: step).microseconds == ceiling)
    }

    @Test(arguments: [(0, -7), (3, 3), (2, -7), (12, 3), (13, 13), (-7, -7), (-8, -17)])
    func `an offset shifts the grid`(time: Int64, expected: Int64) {
        let floor = Time(microseconds: time).floor(
            toMultipleOf: PrometheusDuration(microseconds: 10), offset: PrometheusDuration(microseconds: 23))
        #expect(floor.microseconds == expected)
    }

    @Test func `arithmetic holds at the ends of the range`() {
        let end = Time(microseconds: .max)
        #expect(end + .days(1) == end)
        #expect(Time(microseconds: .min) - .days(1) == Time(microseconds: .min))
        #expect((end - Time(microseconds: .min)).microseconds == .max)
        #expect(end.ceil(toMultipleOf: .days(7)) == end)
        #expect(Time(microseconds: .min).floor(toMultipleOf: .days(7)).microseconds == .min)
    }
}

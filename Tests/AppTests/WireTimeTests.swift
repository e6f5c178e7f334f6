import Monitoring
import Testing

@testable import App

struct WireTimeTests {
    @Test(arguments: [
        "2026-02-30T00:00:00Z", "2025-01-01T24:00:00Z", "2025-01-01T00:00:00+99:99", "99999-01-01T00:00:00Z",
        "-001-01-01T00:00:00Z",
        "2025-01-01T00:00:00", "2025-01-01", "1767225600", "1767225600000", "infinity", "now", "epoch", "today",
        "yesterday", "-infinity",
        "2025-01-01T00:60:00Z", "2025-01-01T00:00:00.Z", "2025-01-01T00:00:00.1234567890Z", "2025-13-01T00:00:00Z",
        "2025-00-01T00:00:00Z",
        "2025-1-1T0:0:0Z", "２０２５-01-01T00:00:00Z", " 2025-01-01T00:00:00Z", "2025-01-01T00:00:00Z ",
        "2025-01-01T00:00:00ZZ", "0000-01-01T00:00:00Z",
    ])
    func `a time that is none rejects its row in every encoding`(time: String) throws {
        for body in [
            (WireEncoding.json, "[{\"timestamp\":\"2025-01-01T00:00:00Z\"},{\"timestamp\":\"\(time)\"}]"),
            (.csv, "timestamp,age\n2025-01-01T00:00:00Z,1\n\(time),1\n"),
        ] {
            let payload = try WireSchema.predictions(body.1, body.0)
            #expect(payload.rejections.map(\.pointer) == ["/timestamp"])
            #expect(payload.batch.count == 1)
        }
    }

    @Test(arguments: [
        ("2025-01-01T00:00:00Z", 1_735_689_600_000_000 as Int64), ("2025-01-01T00:00:00.5Z", 1_735_689_600_500_000),
        ("2025-01-01T01:00:00+01:00", 1_735_689_600_000_000),
        ("2024-12-31T23:59:60Z", 1_735_689_600_000_000), ("2025-01-01t00:00:00z", 1_735_689_600_000_000),
        ("2025-01-01T00:00:00.123456789Z", 1_735_689_600_123_456),
        ("2025-01-01T00:00:00-00:00", 1_735_689_600_000_000), ("2025-01-01T00:00:00.000001Z", 1_735_689_600_000_001),
        ("1999-01-01T00:00:00Z", 915_148_800_000_000),
        ("0001-01-01T00:00:00Z", -62_135_596_800_000_000), ("2024-02-29T12:34:56.7Z", 1_709_210_096_700_000),
    ])
    func `times of every form are read, first in a request and after another of the same day`(
        text: String, microseconds: Int64
    ) throws {
        let body = "timestamp,age\n\(text),1\n\(text.prefix(10))T00:00:00Z,1\n\(text),1\n"
        let times = try WireSchema.predictions(body, .csv).batch.times
        #expect(times.count == 3)
        #expect(times.first?.microseconds == microseconds)
        #expect(times.last?.microseconds == microseconds)
    }

    @Test(arguments: [
        ("2026-01-01T00:05:00Z", true), ("2026-01-01T00:05:00.000001Z", false), ("9999-12-31T23:59:59Z", false),
    ])
    func `an event time may be five minutes ahead`(time: String, isTaken: Bool) throws {
        let payload = try WireSchema.predictions("timestamp,age\n\(time),1\n", .csv)
        #expect(payload.batch.count == (isTaken ? 1 : 0))
        #expect(payload.rejections.map(\.pointer) == (isTaken ? [] : ["/timestamp"]))
    }
}

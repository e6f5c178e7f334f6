import Monitoring
import Testing

struct PrometheusDurationTests {
    @Test(arguments: [
        ("90s", 90_000_000), ("24h", 86_400_000_000), ("1h30m", 5_400_000_000), ("7d", 604_800_000_000),
        ("1w", 604_800_000_000), ("1y", 31_536_000_000_000), ("5ms", 5000), ("0", 0), ("0s", 0),
        ("1y2w3d4h5m6s7ms", 33_019_506_007_000),
    ])
    func `a valid text keeps its form and has its value`(text: String, microseconds: Int64) throws {
        let duration = try #require(PrometheusDuration(text))
        #expect(duration.text == text)
        #expect(duration.microseconds == microseconds)
    }

    @Test(arguments: [
        "", "1", "s", "-5m", "1.5h", "5 m", "1m1h", "1h1h", "1ms1s", "5µs", "1H", "99999999999999999999s", "300000y",
        "5m ",
        "1us", "1h30",
    ])
    func `an invalid text is no duration`(text: String) {
        #expect(PrometheusDuration(text) == nil)
    }

    @Test(arguments: [
        (0, "0s"), (90_000_000, "1m30s"), (86_400_000_000, "1d"), (90_000_000_000, "25h"), (604_800_000_000, "1w"),
        (31_536_000_000_000, "1y"), (5000, "5ms"), (-60_000_000, "-1m"), (999, "0s"), (172_800_000_000, "2d"),
    ])
    func `a computed duration is written as Prometheus writes it`(microseconds: Int64, text: String) {
        #expect(PrometheusDuration(microseconds: microseconds).text == text)
    }

    @Test func `equality is that of the value`() {
        #expect(PrometheusDuration("60m") == PrometheusDuration("1h"))
        #expect(Set([PrometheusDuration("60m"), PrometheusDuration("1h")]).count == 1)
    }

    @Test func `arithmetic holds at the ends of the range`() {
        #expect((PrometheusDuration.days(1) * Int.max).microseconds == .max)
        #expect((PrometheusDuration(microseconds: .min) - .days(1)).microseconds == .min)
    }
}

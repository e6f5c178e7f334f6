import Monitoring
import Query
import Testing

@testable import App

struct WindowAddressTests {
    private let windows = [
        WindowSpec(length: .hours(24), step: .hours(1)), WindowSpec(length: .days(7), step: .days(1), offset: .days(4)),
    ]

    @Test(
        arguments: [
            (["window": "24h"], "2026-01-01T03:20:00Z", "?length=24h&end=2026-01-01T03%3A00%3A00Z"),
            (["window": "24h"], "2026-01-01T03:00:00Z", "?length=24h&end=2026-01-01T03%3A00%3A00Z"),
            (["window": "7d"], "2026-01-07T23:59:59Z", "?length=7d&end=2026-01-07T00%3A00%3A00Z"),
            (
                ["window": "24h", "segment": "country=DE", "reference": "last week", "version": "3"],
                "2026-01-01T03:00:00Z",
                "?length=24h&end=2026-01-01T03%3A00%3A00Z&reference=last%20week&segment=country%3DDE&version=3"
            ),
            (["window": "5m"], "2026-01-01T03:00:00Z", ""), ([:], "2026-01-01T03:00:00Z", ""),
        ] as [(Labels, String, String)])
    func `an alert leads to the window that it was judged by`(labels: Labels, slot: String, expected: String) throws {
        let slot = try #require(Time(rfc3339: slot))
        #expect(WindowAddress.text(of: labels, at: slot, windows: windows, model: "http://x") == "http://x" + expected)
    }
}

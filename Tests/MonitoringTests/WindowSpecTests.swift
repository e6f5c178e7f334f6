import Monitoring
import Testing

struct WindowSpecTests {
    private let spec = WindowSpec(length: .days(7), step: .days(1))

    @Test func `ends are multiples of the step, both bounds included`() throws {
        let from = try #require(Time(rfc3339: "1997-02-08T00:00:00Z"))
        let to = try #require(Time(rfc3339: "1997-02-10T00:00:00Z"))
        #expect(
            spec.ends(from: from, to: to).map(\.rfc3339) == [
                "1997-02-08T00:00:00Z", "1997-02-09T00:00:00Z", "1997-02-10T00:00:00Z",
            ])
        #expect(spec.endCount(from: from, to: to) == 3)
        #expect(spec.ends(from: to, to: from).isEmpty)
        #expect(spec.endCount(from: to, to: from) == 0)
        #expect(spec.ends(from: from, to: to, limit: 2).count == 2)
    }

    @Test func `an offset shifts the ends`() throws {
        let weekly = WindowSpec(length: .days(7), step: .days(7), offset: .days(4))
        let time = try #require(Time(rfc3339: "2026-01-01T12:00:00Z"))
        #expect(weekly.lastEnd(notAfter: time).rfc3339 == "2025-12-29T00:00:00Z")
        #expect(weekly.firstEnd(notBefore: time).rfc3339 == "2026-01-05T00:00:00Z")
    }

    @Test func `an event lies in as many windows as the length has steps`() throws {
        let time = try #require(Time(rfc3339: "2026-01-01T00:00:00Z"))
        let ends = spec.ends(ofWindowsHolding: time)
        #expect(ends.count == 7)
        #expect(ends.first?.rfc3339 == "2026-01-02T00:00:00Z")
        #expect(ends.last?.rfc3339 == "2026-01-08T00:00:00Z")
        #expect(ends.allSatisfy { spec.window(endingAt: $0).contains(time) })
    }

    @Test func `a window is made of whole panes`() {
        let grid = PaneGrid(width: .hours(6))
        let window = spec.window(endingAt: .epoch + .days(30))
        let starts = grid.starts(of: window)
        #expect(starts.count == 28)
        #expect(starts.first == window.start)
        #expect(starts.last.map(grid.end(ofPaneStarting:)) == window.end)
        #expect(grid.divides(.days(7)))
        #expect(!grid.divides(.hours(8)))
        #expect(!grid.divides(.zero))
    }

    @Test func `enumeration ends at the end of time`() {
        #expect(spec.ends(from: Time(microseconds: .max), to: Time(microseconds: .max)).count == 1)
        #expect(PaneGrid(width: .days(1)).starts(from: Time(microseconds: .max), to: Time(microseconds: .max)).isEmpty)
    }
}

import App
import HTTPTypes
import JSON
import Logging
import Monitoring
import Postgres
import Store
import TestSupport
import Testing

/// The grid that rolling references wait for where no reference has rows of its own.
@Suite(.timeLimit(.minutes(15)))
struct FirstRowsTests {
    private static let settings = """
        {"task":"none","features":{"x":{"type":"numeric"}},"grid_points":65536,
         "windows":[{"length":"1d","step":"1d"}]}
        """

    private static func day(_ day: Int) -> String {
        Time(microseconds: 1_767_225_600_000_000 + Int64(day) * 86_400_000_000).rfc3339
    }

    private static func value(_ row: Int, day: Int) -> Double { Double((row * 7919 + day * 131) % 3001) }

    /// Rows of a day; the order of sending is not that of time.
    private static func rows(day: Int, _ range: Range<Int>) -> String {
        range.reversed().map { row in
            let time = Time(microseconds: 1_767_225_600_000_000 + Int64(day) * 86_400_000_000 + Int64(row) * 10_000_000)
            return
                "{\"prediction_id\":\"\(day)-\(row)\",\"timestamp\":\"\(time.rfc3339)\",\"features\":{\"x\":\(value(row, day: day))}}"
        }.joined(separator: "\n")
    }

    private static func send(_ service: ServiceFixture, day: Int, _ range: Range<Int>) async throws {
        let answer = try await service.call(
            .post, "/v1/models/m/predictions", rows(day: day, range), type: "application/x-ndjson")
        #expect(answer.status == 200)
    }

    private static func ks(_ service: ServiceFixture, endDay: Int) async throws -> JSONNode {
        try await service.call(
            .get, "/v1/models/m/windows?length=1d&end=\(day(endDay))&reference=yesterday"
        ).body
    }

    private static func freezer(_ service: ServiceFixture) -> FirstRowsFreezer {
        FirstRowsFreezer(
            models: service.models, gate: LogGate(queue: service.queue, checkpointer: service.checkpointer),
            now: { service.time.now }, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    }

    @Test func `a rolling reference waits for the first rows, and then gives what definition gives`() async throws {
        try await TestServer.withPool { pool in
            try await TestServer.migrate(pool)
            try await ServiceFixture.on(pool) { service in
                try await service.call(.put, "/v1/models/m", Self.settings)
                try await Self.send(service, day: 0, 0..<5000)
                let put = try await service.call(.put, "/v1/models/m/references/yesterday", "{\"shift\":\"1d\"}")
                #expect(put.status == 201)
                #expect(put.body["waits_for_rows"]?.int64 == 5000)
                try await Self.send(service, day: 1, 0..<4999)
                await Self.freezer(service).sweep()
                let waiting = try await Self.ks(service, endDay: 2)
                #expect(waiting["reference"]?["reason"]?.string == "no_grid")
                #expect(waiting["features"]?["x"]?["drift"]?["ks"]?["value"]?.isNull == true)
                try await Self.send(service, day: 1, 4999..<5100)
                await Self.freezer(service).sweep()
                let shown = try await service.call(.get, "/v1/models/m/references/yesterday").body
                #expect(shown["waits_for_rows"] == nil)
                let left = (0..<5100).map { Self.value($0, day: 1) }
                let right = (0..<5000).map { Self.value($0, day: 0) }
                let document = try await Self.ks(service, endDay: 2)
                let drift = document["features"]?["x"]?["drift"]?["ks"]
                // All 3,001 values lie in the first rows, so that every one is a cut point and nothing is lost.
                #expect(drift?["error_bound"]?.double == 0)
                let expected = Self.statistic(left, right)
                #expect(abs((drift?["value"]?.double ?? -1) - expected) < 1e-12)
                #expect(document["reference"]?["count"]?.int64 == 5000)
                let list = try await service.call(.get, "/v1/models/m/references").body
                #expect(list["references"]?.elements?.count == 1)
                #expect(try await service.call(.get, "/v1/models/m/references/.first-rows").status == 404)
                #expect(try await service.call(.put, "/v1/models/m/references/.first-rows", "{}").status == 422)
                #expect(try await service.call(.delete, "/v1/models/m/references/.first-rows").status == 404)
                #expect(await service.checkpointer.save())
            }
            try await ServiceFixture.on(pool) { service in
                let before = try await Self.ks(service, endDay: 2)
                #expect(before["features"]?["x"]?["drift"]?["ks"]?["value"]?.double != nil)
                // Training takes over the grid; without it the first rows' comes back.
                let csv = "x\n" + (0..<3001).map { "\($0)\n" }.joined()
                #expect(
                    try await service.call(.put, "/v1/models/m/references/training", csv, type: "text/csv").status
                        == 201)
                let during = try await Self.ks(service, endDay: 2)
                #expect(
                    during["features"]?["x"]?["drift"]?["ks"]?.text == before["features"]?["x"]?["drift"]?["ks"]?.text)
                #expect(try await service.call(.delete, "/v1/models/m/references/training").status == 204)
                let after = try await Self.ks(service, endDay: 2)
                #expect(after.text == before.text)
            }
        }
    }

    private static func statistic(_ left: [Double], _ right: [Double]) -> Double {
        let (first, second) = (left.sorted(), right.sorted())
        var (i, j, greatest) = (0, 0, 0.0)
        while i < first.count || j < second.count {
            let value = min(i < first.count ? first[i] : .infinity, j < second.count ? second[j] : .infinity)
            while i < first.count, first[i] == value { i += 1 }
            while j < second.count, second[j] == value { j += 1 }
            greatest = max(greatest, abs(Double(i) / Double(first.count) - Double(j) / Double(second.count)))
        }
        return greatest
    }

    @Test func `with enough rows there the grid is frozen at once`() async throws {
        try await ServiceFixture.with { service in
            try await service.call(.put, "/v1/models/m", Self.settings)
            try await Self.send(service, day: 0, 0..<5000)
            try await Self.send(service, day: 1, 0..<5000)
            let put = try await service.call(.put, "/v1/models/m/references/yesterday", "{\"shift\":\"1d\"}")
            #expect(put.status == 201)
            #expect(put.body["waits_for_rows"] == nil)
            let document = try await Self.ks(service, endDay: 2)
            #expect(document["features"]?["x"]?["drift"]?["ks"]?["value"]?.double != nil)
        }
    }
}

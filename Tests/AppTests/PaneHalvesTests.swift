import App
import HTTPTypes
import JSON
import Postgres
import Store
import Testing

/// Outcomes are saved apart from the large half of a pane.
struct PaneHalvesTests {
    private static func labels(_ ids: Range<Int>, actual: (Int) -> String) -> String {
        ids.map { #"{"prediction_id":"a\#($0)","actual":"\#(actual($0))","timestamp":"2026-02-01T02:00:00Z"}"# }
            .joined(separator: "\n")
    }

    private static func rows(_ ids: Range<Int>) -> String {
        ids.map { IngestTests.row("a\($0)", x: "\($0)") }.joined(separator: "\n")
    }

    /// The bytes of the large halves, and how many panes have outcomes by themselves.
    private static func halves(_ service: ServiceFixture) async throws -> (rows: [[UInt8]], apart: Int) {
        let found = try await service.pool.query(
            Statement("test.halves", "SELECT content, outcomes IS NOT NULL FROM pane ORDER BY segment, version, start"),
            []
        ) { row throws(PostgresError) in (try row.bytes(0), try row.bool(1)) }
        return (found.map(\.0), found.count(where: \.1))
    }

    /// The accuracy of the first hour.
    private static func accuracy(_ service: ServiceFixture) async throws -> Double? {
        let answer = try await service.series(
            "m", "measure=accuracy&length=1h&from=2026-02-01T01:00:00Z&to=2026-02-01T01:00:00Z")
        return answer["value"]?.elements?.first?.double
    }

    @Test(arguments: [false, true])
    func `labels leave the large half of a pane as it is, and all is there after a restart`(moreRows: Bool) async throws
    {
        try await TestServerPool.with { pool in
            // Every prediction says 1; where two labels came at once, the greater one counts.
            let expected = moreRows ? 0.3 : 0.5
            try await ServiceFixture.on(pool) { service in
                try await IngestTests.model(service)
                try await service.call(
                    .post, "/v1/models/m/predictions", Self.rows(0..<40), type: "application/x-ndjson")
                #expect(await service.checkpointer.save())
                let before = try await Self.halves(service)
                #expect(!before.rows.isEmpty && before.apart == 0)
                try await service.call(
                    .post, "/v1/models/m/labels", Self.labels(0..<30) { "\($0 % 2)" }, type: "application/x-ndjson")
                #expect(await service.checkpointer.save())
                let after = try await Self.halves(service)
                #expect(after.rows == before.rows)
                #expect(after.apart == before.rows.count)
                if moreRows {
                    try await service.call(
                        .post, "/v1/models/m/predictions", Self.rows(40..<60), type: "application/x-ndjson")
                    #expect(await service.checkpointer.save())
                    let labels = Self.labels(25..<50) { _ in "0" }
                    try await service.call(.post, "/v1/models/m/labels", labels, type: "application/x-ndjson")
                    #expect(await service.checkpointer.save())
                }
                let accuracy = try await Self.accuracy(service)
                #expect(accuracy == expected)
            }
            try await ServiceFixture.on(pool) { service in
                let accuracy = try await Self.accuracy(service)
                #expect(accuracy == expected)
            }
        }
    }
}

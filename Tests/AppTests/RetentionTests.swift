import App
import HTTPTypes
import JSON
import Logging
import Monitoring
import Postgres
import Store
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(15)))
struct RetentionTests {
    private static func rows(day: Int) -> String {
        (0..<200).map { row in
            let id = "\(day)-\(row)"
            let hour = row % 24
            let time = "2026-01-\(day < 10 ? "0" : "")\(day)T\(hour < 10 ? "0" : "")\(hour):00:00Z"
            return """
                {"prediction_id":"\(id)","timestamp":"\(time)","features":{"x":\(Double(row * day) / 7),"c":"k\(row % 5)"},\
                "prediction":"\(row % 2)","score":\(Double(row) / 200)}
                """
        }.joined(separator: "\n")
    }

    private static func labels(day: Int) -> String {
        (0..<200).map {
            "{\"prediction_id\":\"\(day)-\($0)\",\"actual\":\"\($0 % 3 == 0 ? 1 : 0)\",\"timestamp\":\"2026-01-25T00:00:00Z\"}"
        }
        .joined(separator: "\n")
    }

    private static func windows(_ service: ServiceFixture) async throws -> [String] {
        var texts: [String] = []
        for day in 2...20 {
            let end = "2026-01-\(day < 10 ? "0" : "")\(day)T00:00:00Z"
            texts.append(try await service.call(.get, "/v1/models/m/windows?length=2d&end=\(end)").body.text)
        }
        return texts
    }

    @Test func `windows read unchanged after retention dropped all rows, also after a restart`() async throws {
        try await TestServer.withPool { pool in
            try await TestServer.migrate(pool)
            let before = Recorded()
            try await ServiceFixture.on(pool) { service in
                try await service.call(
                    .put, "/v1/models/m",
                    """
                    {"task":"binary","features":{"x":{"type":"numeric"},"c":{"type":"categorical"}},
                     "windows":[{"length":"2d","step":"1d"}],"retention":{"rows":"1m","panes":"800d"}}
                    """)
                let reference =
                    "x,c,score,prediction,actual\n"
                    + (0..<500).map { "\($0 % 97),k\($0 % 4),0.5,1,\($0 % 2)\n" }.joined()
                #expect(
                    try await service.call(.put, "/v1/models/m/references/training", reference, type: "text/csv").status
                        == 201)
                for day in 1...20 {
                    let type = "application/x-ndjson"
                    #expect(
                        try await service.call(.post, "/v1/models/m/predictions", Self.rows(day: day), type: type)
                            .status == 200)
                    #expect(
                        try await service.call(.post, "/v1/models/m/labels", Self.labels(day: day), type: type).status
                            == 200)
                }
                before.texts = try await Self.windows(service)
                #expect(await service.checkpointer.save())
                service.time.set(service.time.now + .days(8))
                let logger = Logger(label: "test")
                let retention = Retention(
                    store: service.store, models: service.models, now: { service.time.now }, logger: logger)
                // All but the newest event time itself, which is the edge of what is kept.
                #expect(try await retention.sweep() >= 3990)
                #expect(try await Self.windows(service) == before.texts)
            }
            try await ServiceFixture.on(pool) { service in
                let after = try await Self.windows(service)
                #expect(after == before.texts)
                #expect(before.texts.allSatisfy { $0.contains("\"predictions\":") })
            }
        }
    }

    @Test func `panes of an old log stay for a week after it was stored, whatever its event times are`() async throws {
        try await ServiceFixture.with { service in
            try await DaysOfRows.prepare(service, retention: #"{"rows":"5d","panes":"5d"}"#)
            try await DaysOfRows.send("predictions", DaysOfRows.rows(1...3), to: service)
            try await DaysOfRows.send("predictions", DaysOfRows.rows(20...20), to: service)
            #expect(await service.checkpointer.save())
            let old = "pane WHERE start < '2026-01-04T00:00:00Z'"
            let all = try await DaysOfRows.count(old, service.pool)
            let retention = Retention(
                store: service.store, models: service.models, now: { service.time.now }, logger: Logger(label: "test"))
            for days: Int64 in [0, 6] {
                service.time.set(ServiceFixture.start + .days(days))
                try await retention.sweep()
                #expect(try await DaysOfRows.count(old, service.pool) == all && all > 0)
            }
            service.time.set(ServiceFixture.start + .days(8))
            try await retention.sweep()
            #expect(try await DaysOfRows.count(old, service.pool) == 0)
            #expect(try await DaysOfRows.count("prediction WHERE event_time < '2026-01-04'", service.pool) == 0)
            #expect(try await DaysOfRows.count("pane WHERE start >= '2026-01-20T00:00:00Z'", service.pool) > 0)
        }
    }

    private final class Recorded: @unchecked Sendable {
        var texts: [String] = []
    }
}

import App
import HTTPTypes
import JSON
import Monitoring
import Postgres
import Statistics
import Store
import Testing

@Suite(.timeLimit(.minutes(15)))
struct IngestTests {
    static func model(_ service: ServiceFixture) async throws {
        let answer = try await service.call(
            .put, "/v1/models/m",
            """
            {"task":"binary","features":{"x":{"type":"numeric"},"c":{"type":"categorical"}},
             "windows":[{"length":"1h","step":"1h"}]}
            """)
        #expect(answer.status == 201)
    }

    static func row(_ id: String, x: String = "1", time: String = "2026-02-01T00:10:00Z") -> String {
        "{\"prediction_id\":\"\(id)\",\"timestamp\":\"\(time)\",\"features\":{\"x\":\(x),\"c\":\"u\"},\"prediction\":\"1\",\"score\":0.5}"
    }

    @Test func `a receipt counts every row once`() async throws {
        try await ServiceFixture.with { service in
            try await Self.model(service)
            let body = [
                Self.row("a"), Self.row("b"), Self.row("a"), "{\"prediction_id\":7}", Self.row("c", x: "\"no\""),
            ]
            let answer = try await service.call(
                .post, "/v1/models/m/predictions", body.joined(separator: "\n"), type: "application/x-ndjson")
            #expect(answer.status == 422)
            #expect(answer.body["accepted"]?.int64 == 3)
            #expect(answer.body["duplicates"]?.int64 == 1)
            #expect(answer.body["rejected"]?.int64 == 1)
            #expect(answer.body["errors"]?.elements?.first?["index"]?.int64 == 3)
            #expect(answer.body["warnings"]?.elements?.first?["pointer"]?.string == "/features/x")
        }
    }

    @Test func `an event time far in the future is rejected and moves nothing`() async throws {
        try await ServiceFixture.with { service in
            try await Self.model(service)
            let answer = try await service.call(
                .post, "/v1/models/m/predictions", "[\(Self.row("a")),\(Self.row("b", time: "2126-01-01T00:00:00Z"))]")
            #expect(answer.status == 422)
            #expect(answer.body["errors"]?.elements?.first?["pointer"]?.string == "/timestamp")
            let model = try await service.call(.get, "/v1/models/m").body
            #expect(model["watermark"]?.string == "2026-02-01T00:10:00Z")
        }
    }

    @Test func `a row that only the database refuses does not sink its neighbours`() async throws {
        try await ServiceFixture.with { service in
            try await Self.model(service)
            var batch = PredictionBatch()
            for (row, id) in ["a", "b\u{0}", "c", "d"].enumerated() {
                batch.ids.append(ByteText(id))
                batch.versions.append("")
                batch.times.append(Time(microseconds: ServiceFixture.start.microseconds - Int64(row) * 1_000_000))
            }
            batch.numeric = [[1, 2, 3, 4]]
            batch.categorical = [CategoricalColumn(["u", "u", "u", "u"])]
            let model = try #require(try await service.models.model(named: "m"))
            let result = try await service.queue.submit(
                LogSubmission(model: model.id, rows: .predictions(batch), arrivedAt: ServiceFixture.start), bytes: 100)
            #expect(result.fresh == [0, 2, 3])
            #expect(result.rejections.map(\.index) == [1])
            let series = try await service.series(
                "m", "measure=predictions&length=1h&from=2026-03-01T00:00:00Z&to=2026-03-01T01:00:00Z")
            #expect(series["value"]?.elements?.compactMap(\.double).reduce(0, +) == 3)
        }
    }

    @Test func `after a restart everything reads as before, with and without a checkpoint`() async throws {
        try await TestServerPool.with { pool in
            let query = "measure=mean&feature=x&length=1h&from=2026-02-01T01:00:00Z&to=2026-02-01T03:00:00Z"
            try await ServiceFixture.on(pool) { service in
                try await Self.model(service)
                let first = (0..<50).map { Self.row("a\($0)", x: "\($0)") }.joined(separator: "\n")
                try await service.call(.post, "/v1/models/m/predictions", first, type: "application/x-ndjson")
                #expect(await service.checkpointer.save())
                let second = (0..<50).map { Self.row("b\($0)", x: "\($0 * 2)") }.joined(separator: "\n")
                try await service.call(.post, "/v1/models/m/predictions", second, type: "application/x-ndjson")
                #expect(try await service.series("m", query)["value"]?.elements?.first?.double == 36.75)
            }
            try await ServiceFixture.on(pool) { service in
                let answer = try await service.series("m", query)
                #expect(answer["value"]?.elements?.first?.double == 36.75)
                #expect(answer["count"]?.elements?.first?.int64 == 100)
            }
        }
    }

    @Test func `a reference that comes after the rows applies to them`() async throws {
        try await ServiceFixture.with { service in
            try await Self.model(service)
            let rows = (0..<100).map { Self.row("a\($0)", x: "\($0)") }.joined(separator: "\n")
            try await service.call(.post, "/v1/models/m/predictions", rows, type: "application/x-ndjson")
            let reference = "x,c\n" + (0..<100).map { "\($0 + 50),u\n" }.joined()
            #expect(
                try await service.call(.put, "/v1/models/m/references/training", reference, type: "text/csv").status
                    == 201)
            let query = "measure=ks&feature=x&length=1h&from=2026-02-01T01:00:00Z&to=2026-02-01T01:00:00Z"
            #expect(try await service.series("m", query)["value"]?.elements?.first?.double == 0.5)
        }
    }
}

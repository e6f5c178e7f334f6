import App
import HTTPTypes
import JSON
import Monitoring
import Testing

@Suite(.timeLimit(.minutes(15)))
struct SegmentRouteTests {
    @Test func `segments are listed with counts, performance and who stands out`() async throws {
        try await ServiceFixture.with { service in
            try await SegmentedLog.model(service)
            try await SegmentedLog.send(SegmentedLog.blocks, service)
            let answer = try await service.call(
                .get, "/v1/models/m/segments?\(SegmentedLog.window)&by=country&measure=mean&feature=x")
            #expect(answer.status == 200)
            #expect(answer.body["count"]?.int64 == 2)
            let largest = answer.body.at("segments", "0")
            #expect(largest["segment"]?.string == "country=FR")
            #expect(largest.at("values", "country").string == "FR")
            #expect(largest["predictions"]?.int64 == 200)
            #expect(largest["label_coverage"]?.double == 1)
            #expect(largest["value"]?.double == 2)
            #expect(largest.at("performance", "value").double == 0.9)
            let interval = largest.at("performance", "interval").elements?.compactMap(\.double) ?? []
            #expect(interval.count == 2 && interval[0] < 0.9 && interval[1] > 0.9)
            #expect(answer.body["other"] == .null)
            let worst = answer.body.at("worst", "segments")
            #expect(worst.elements?.count == 1)
            #expect(worst.at("0", "segment").string == "country=DE")
            #expect(worst.at("0", "rest").double == 0.9)
            #expect((worst.at("0", "adjusted_p_value").double ?? 1) < 0.001)
            #expect(answer.body.at("worst", "tested").int64 == 2)
            let every = try await service.call(.get, "/v1/models/m/segments?\(SegmentedLog.window)").body
            #expect(every["count"]?.int64 == 4)
            #expect(every.at("worst", "segments").elements?.count == 2)
        }
    }

    @Test func `a list is paged without gap or repeat`() async throws {
        try await ServiceFixture.with { service in
            try await SegmentedLog.model(service)
            try await SegmentedLog.send(
                (0..<7).map {
                    SegmentedLog.Block(country: "c\($0)", version: "1", prediction: 1, actual: 1, count: 3)
                }, service)
            var (seen, offset): ([String], Int64?) = ([], 0)
            while let place = offset {
                let page = try await service.call(
                    .get, "/v1/models/m/segments?\(SegmentedLog.window)&by=country&limit=3&offset=\(place)"
                ).body
                seen += page["segments"]?.elements?.compactMap { $0["segment"]?.string } ?? []
                offset = page["next"]?.int64
            }
            #expect(seen == (0..<7).map { "country=c\($0)" })
        }
    }

    @Test func `after the thousandth segment the rest is pooled, and every row is somewhere once`() async throws {
        try await ServiceFixture.with { service in
            _ = try await service.call(
                .put, "/v1/models/m",
                """
                {"task":"binary","features":{"country":{"type":"categorical"}},"segments":[["country"]],
                 "windows":[{"length":"24h","step":"24h"}]}
                """)
            var rows = (0..<1200).map { place in
                """
                {"prediction_id":"r\(place)","timestamp":"2026-02-01T10:00:00Z","features":{"country":"c\(place % 1100)"},\
                "prediction":"1"}
                """
            }
            rows.append(
                "{\"prediction_id\":\"null\",\"timestamp\":\"2026-02-01T10:00:00Z\",\"features\":{\"country\":null},\"prediction\":\"1\"}"
            )
            try await SegmentedLog.post("predictions", rows, service)
            let answer = try await service.call(.get, "/v1/models/m/segments?\(SegmentedLog.window)&limit=1000").body
            #expect(answer["count"]?.int64 == 1000)
            let listed = answer["segments"]?.elements?.compactMap { $0["predictions"]?.int64 }.reduce(0, +)
            let other = answer.at("other", "predictions").int64
            #expect((listed ?? 0) + (other ?? 0) == 1200)
            #expect(answer.at("other", "segment").string == "other")
            #expect(other ?? 0 >= 100)
        }
    }

    @Test func `values that differ only in their Unicode form are two segments`() async throws {
        try await ServiceFixture.with { service in
            try await SegmentedLog.model(service)
            let forms = ["\u{E9}", "e\u{301}"]
            try await SegmentedLog.send(
                forms.enumerated().map {
                    SegmentedLog.Block(country: $1, version: "1", prediction: 1, actual: 1, count: 3 + $0)
                }, service)
            let answer = try await service.call(
                .get, "/v1/models/m/segments?\(SegmentedLog.window)&by=country"
            ).body
            #expect(answer["count"]?.int64 == 2)
            for (place, form) in forms.enumerated() {
                let entry = answer["segments"]?.element("segment", "country=\(form)")
                #expect(entry?["predictions"]?.int64 == Int64(3 + place))
            }
        }
    }

    @Test(arguments: [
        "measure=psi", "measure=nothing&feature=x", "feature=x", "limit=0", "limit=many", "offset=-1", "sort=random",
        "by=device", "by=country%2Cdevice%2Cx", "by=%FF", "segment=country%3DDE", "limit=99999999999999999999",
        "end=never",
    ])
    func `what cannot be answered is refused with the parameter's name`(query: String) async throws {
        try await ServiceFixture.with { service in
            try await SegmentedLog.model(service)
            try await SegmentedLog.send(SegmentedLog.blocks, service)
            let window = query.hasPrefix("end=") ? "length=24h&" : SegmentedLog.window + "&"
            let answer = try await service.call(.get, "/v1/models/m/segments?\(window)\(query)")
            #expect(answer.status == (query.hasPrefix("segment=") ? 400 : 422))
            #expect(answer.body.at("errors", "0", "pointer").string?.hasPrefix("?") == true)
        }
    }
}

import App
import HTTPTypes
import HummingbirdTesting
import JSON
import Monitoring
import NIOCore
import Postgres
import Store
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(15)))
struct EmbeddingTests {
    private static let model = """
        {"task":"none","features":{"a":{"type":"numeric"},"b":{"type":"numeric"},
         "v":{"type":"embedding","dimension":4},"t":{"type":"text"},"petal.length":{"type":"numeric"}},
         "windows":[{"length":"1d","step":"1d"}]}
        """

    private static func features(_ row: Int, isBroken: Bool = false) -> String {
        let base = Double(row * 37 % 101) / 10
        let other = (isBroken ? 10 - base : base) + Double(row * 13 % 7) / 20
        let vector = row % 10 == 9 ? "null" : "[\(base),\(Double(row * 53 % 89) / 9),\(row % 3),\(isBroken ? 5 : 0.5)]"
        return """
            {"a":\(base),"b":\(other),"v":\(vector),"t":"\(isBroken ? "NEIN 12" : "ja und nein") \(row)",\
            "petal.length":\(row % 11)}
            """
    }

    private static func rows(day: Int, isBroken: Bool = false) -> String {
        (0..<300).map { row in
            #"{"prediction_id":"\#(day)-\#(row)","timestamp":"2026-01-0\#(day)T01:00:00Z","features":"#
                + features(row * 7 + day, isBroken: isBroken) + "}"
        }.joined(separator: "\n")
    }

    private static func setUp(_ service: ServiceFixture) async throws {
        #expect(try await service.call(.put, "/v1/models/m", model).status == 201)
        let reference = (0..<600).map { "{\"features\":\(features($0))}" }.joined(separator: "\n")
        let put = try await service.call(
            .put, "/v1/models/m/references/training", reference, type: "application/x-ndjson")
        #expect(put.status == 201, "\(put.body.text)")
        let names = put.body["features"]?["v"]?["derived"]?.members?.map(\.name)
        #expect(names == Derivation.ofEmbedding.map(\.rawValue))
        #expect(put.body["features"]?["t"]?["kind"]?.string == "text")
        #expect(put.body["multivariate"]?["features"]?.elements?.count == 3)
        for (day, isBroken) in [(1, false), (2, true), (3, false)] {
            let answer = try await service.call(
                .post, "/v1/models/m/predictions", rows(day: day, isBroken: isBroken), type: "application/x-ndjson")
            #expect(answer.status == 200, "\(answer.body.text.prefix(300))")
            #expect(answer.body["warnings"]?.elements?.isEmpty == true)
        }
    }

    private static func window(_ service: ServiceFixture, day: Int) async throws -> JSONNode {
        try await service.call(.get, "/v1/models/m/windows?length=1d&end=2026-01-0\(day + 1)T00:00:00Z").body
    }

    @Test func `derived columns are counted, drift, and are the same after a restart`() async throws {
        try await TestServer.withPool { pool in
            try await TestServer.migrate(pool)
            let before = Kept()
            try await ServiceFixture.on(pool) { service in
                try await Self.setUp(service)
                let (calm, broken) = (try await Self.window(service, day: 1), try await Self.window(service, day: 2))
                let vector = try #require(broken["features"]?["v"])
                #expect(vector["kind"]?.string == "embedding")
                #expect((vector["count"]?.int64, vector["missing"]?.int64) == (270, 30))
                func p(_ window: JSONNode, _ path: [String]) -> Double? {
                    path.reduce(JSONNode?.some(window)) { $0?[$1] }?["drift"]?["ks"]?["p_value"]?.double
                }
                for path in [
                    ["features", "v", "derived", "centroid_distance"], ["features", "t", "derived", "uppercase_ratio"],
                    ["multivariate", "mahalanobis"], ["multivariate", "reconstruction_error"],
                ] {
                    #expect((p(broken, path) ?? 1) < 1e-9, "\(path)")
                    #expect((p(calm, path) ?? 0) > 0.01, "\(path)")
                }
                #expect((p(broken, ["features", "a"]) ?? 0) > 0.01)
                #expect(await service.checkpointer.save())
                await before.keep([calm.text, broken.text])
            }
            // The last day is folded again from the log, the others are read from their panes.
            try await ServiceFixture.on(pool) { service in
                let after = [try await Self.window(service, day: 1), try await Self.window(service, day: 2)]
                #expect(after.map(\.text) == (await before.texts))
            }
        }
    }

    private actor Kept {
        private(set) var texts: [String] = []
        func keep(_ texts: [String]) { self.texts = texts }
    }

    @Test func `the log folded again gives the same bits`() async throws {
        try await ServiceFixture.with { service in
            try await Self.setUp(service)
            let before = try await Self.window(service, day: 3)
            // Another pane width: every pane is made again from the log.
            let change = #"{"windows":[{"length":"1d","step":"12h"}]}"#
            #expect(try await service.call(.put, "/v1/models/m", change).status == 200)
            let after = try await Self.window(service, day: 3)
            for part in ["features", "multivariate"] { #expect(after[part]?.text == before[part]?.text) }
        }
    }

    @Test func `series address derived columns and features named alike apart`() async throws {
        try await ServiceFixture.with { service in
            try await Self.setUp(service)
            for (measure, feature) in [
                ("ks", "derived.v.projection_3"), ("mean", "derived.t.words"), ("psi", "multivariate.mahalanobis"),
                ("missing_ratio", "derived.v.norm"), ("mean", "petal.length"),
            ] {
                let series = try await service.series("m", "measure=\(measure)&feature=\(feature)&length=1d")
                let values = series["value"]?.elements ?? []
                #expect(!values.isEmpty && values.allSatisfy { $0.double != nil }, "\(feature) \(series.text)")
            }
            let query = "driftline_ks%7Bfeature%3D%22multivariate.mahalanobis%22%7D"
            let found = try await service.call(.get, "/api/v1/query?query=\(query)&time=2026-01-03T00:00:00Z").body
            #expect(found["data"]?["result"]?.elements?.count == 1, "\(found.text)")
            let wrong = try await service.call(.get, "/v1/models/m/series?measure=ks&feature=v&length=1d")
            #expect(wrong.status == 422)
            #expect(wrong.body.text.contains("no such feature"))
        }
    }

    @Test(arguments: ["application/x-ndjson", "text/csv"])
    func `what is exported is taken again as a duplicate`(type: String) async throws {
        try await ServiceFixture.with { service in
            try await Self.setUp(service)
            let exported = try await service.client.execute(
                uri: "/v1/models/m/predictions", method: .get, headers: [.accept: type], body: nil
            ) { String(buffer: $0.body) }
            #expect(exported.contains("[5") || exported.contains(",0.5]"))
            // A prediction has no `actual`; an empty field of CSV is nothing.
            let body = exported.replacing(#","actual":null"#, with: "")
            let again = try await service.call(.post, "/v1/models/m/predictions", body, type: type)
            #expect(again.body["duplicates"]?.int64 == 900, "\(again.body.text.prefix(400))")
        }
    }

    @Test func `a logged stretch becomes a reference with its vectors and texts`() async throws {
        try await ServiceFixture.with { service in
            try await Self.setUp(service)
            let stretch = #"{"from":"2026-01-02T00:00:00Z","to":"2026-01-03T00:00:00Z"}"#
            let put = try await service.call(.put, "/v1/models/m/references/yesterday", stretch)
            #expect(put.status == 201)
            let end = "2026-01-03T00:00:00Z"
            let window = try await service.call(
                .get, "/v1/models/m/windows?length=1d&end=\(end)&reference=yesterday"
            ).body
            #expect(window["features"]?["v"]?["derived"]?["norm"]?["drift"]?["ks"]?["value"]?.double == 0)
            #expect(window["features"]?["t"]?["derived"]?["length"]?["drift"]?["ks"]?["value"]?.double == 0)
            #expect(window["multivariate"]?["mahalanobis"]?["drift"]?["ks"]?["value"]?.double == 0)
        }
    }

    @Test(arguments: [
        (#"{"v":{"type":"embedding"}}"#, "/features/v/dimension"),
        (#"{"v":{"type":"embedding","dimension":0}}"#, "/features/v/dimension"),
        (#"{"v":{"type":"embedding","dimension":4097}}"#, "/features/v/dimension"),
        (#"{"v":{"type":"embedding","dimension":1e300}}"#, "/features/v/dimension"),
        (#"{"v":{"type":"embedding","dimension":2.5}}"#, "/features/v/dimension"),
        (#"{"v":{"type":"embedding","dimension":2,"min":0}}"#, "/features/v"),
        (#"{"v":{"type":"text","dimension":2}}"#, "/features/v/dimension"),
        (#"{"v":{"type":"vector"}}"#, "/features/v/type"),
    ])
    func `a wrong declaration is refused with its place`(features: String, pointer: String) async throws {
        try await ServiceFixture.with { service in
            let answer = try await service.call(.put, "/v1/models/m", #"{"task":"none","features":\#(features)}"#)
            #expect(answer.status == 422)
            #expect(answer.body.text.contains("\"\(pointer)\""), "\(answer.body.text)")
        }
    }

    @Test func `another dimension is a conflict, and the declaration is shown as it was given`() async throws {
        try await ServiceFixture.with { service in
            #expect(try await service.call(.put, "/v1/models/m", Self.model).status == 201)
            let shown = try await service.call(.get, "/v1/models/m").body
            #expect(shown["features"]?["v"]?["dimension"]?.int64 == 4)
            let other = #"{"features":{"v":{"type":"embedding","dimension":5}}}"#
            #expect(try await service.call(.put, "/v1/models/m", other).status == 409)
            let segments = #"{"segments":[["t"]]}"#
            #expect(try await service.call(.put, "/v1/models/m", segments).status == 422)
        }
    }
}

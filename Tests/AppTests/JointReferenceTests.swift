import HTTPTypes
import JSON
import Monitoring
import Testing

/// A window against several references at once, over HTTP.
@Suite(.timeLimit(.minutes(15)))
struct JointReferenceTests {
    private static func day(_ day: Int) -> String {
        Time(microseconds: 1_767_225_600_000_000 + Int64(day) * 86_400_000_000).rfc3339
    }

    /// Feature `old` moved for good on day 4, `now` on day 9, `blip` on day 8 alone, `calm` never.
    private static func rows(day: Int) -> String {
        (0..<300).map { row in
            let base = Double((row * 61 + day * 17) % 100)
            return """
                {"prediction_id":"\(day)-\(row)","timestamp":"\(Self.day(day))","features":{\
                "old":\(base + (day >= 4 ? 50 : 0)),"now":\(base + (day == 9 ? 50 : 0)),\
                "blip":\(base + (day == 8 ? 50 : 0)),"calm":\(base),"c":"\(day == 9 ? "n" : "k")\(row % 2)"}}
                """
        }.joined(separator: "\n")
    }

    @Test func `what moved long ago, just now, and came back are told apart`() async throws {
        try await ServiceFixture.with { service in
            try await service.call(
                .put, "/v1/models/m",
                """
                {"task":"none","features":{"old":{"type":"numeric"},"now":{"type":"numeric"},"blip":{"type":"numeric"},
                 "calm":{"type":"numeric"},"c":{"type":"categorical"}},"windows":[{"length":"1d","step":"1d"}]}
                """)
            for day in 0..<10 {
                let answer = try await service.call(
                    .post, "/v1/models/m/predictions", Self.rows(day: day), type: "application/x-ndjson")
                #expect(answer.status == 200)
            }
            for (name, body) in [
                ("training", "{\"from\":\"\(Self.day(0))\",\"to\":\"\(Self.day(3))\"}"),
                ("yesterday", "{\"shift\":\"1d\"}"), ("nobody", "{\"version\":\"7\"}"),
            ] {
                let answer = try await service.call(.put, "/v1/models/m/references/\(name)", body)
                #expect(answer.status == 201, "\(answer.body.text)")
            }
            let path = "/v1/models/m/windows?length=1d&end=\(Self.day(10))"
            let document = try await service.call(.get, path + "&references=all").body
            let joint = document["joint"]
            for (feature, verdict) in [
                ("old", "new_normal"), ("now", "incident"), ("blip", "returned"), ("calm", "stable"), ("c", "incident"),
            ] { #expect(joint?[feature]?["verdict"]?.string == verdict, "\(feature) \(joint?.text ?? "")") }
            #expect(
                joint?["old"]?["reading"]?.string
                    == "differs from training, equals yesterday, cannot be told from nobody")
            let references = document["references"]?.elements ?? []
            #expect(references.map { $0["name"]?.string } == ["nobody", "training", "yesterday"])
            #expect(references[0]["complete"]?.bool == false && references[0]["strongest"]?.isNull == true)
            let drifted = references.map { reference in
                // What is derived of all features at once moves with any of them.
                reference["drifted"]?.elements?.compactMap(\.string).filter { !$0.hasPrefix("multivariate") }
            }
            #expect(drifted == [[], ["c", "now", "old"], ["blip", "c", "now"]])
            #expect(references[2]["count"]?.int64 == 300)
            #expect(references[1]["strongest"]?["measure"]?.string == "psi")
            let two = try await service.call(.get, path + "&references=yesterday,training").body
            #expect(two["references"]?.elements?.map { $0["name"]?.string } == ["yesterday", "training"])
            #expect(try await service.call(.get, path).body["joint"] == nil)
            // A frozen stretch is counted again when training's cut points change.
            try await service.call(
                .put, "/v1/models/m/references/first",
                "{\"from\":\"\(Self.day(0))\",\"to\":\"\(Self.day(2))\"}")
            let before = try await service.call(.get, path + "&reference=first").body
            let csv = "old\n" + (0..<30).map { "\($0)\n" }.joined()
            try await service.call(
                .put, "/v1/models/m/references/training?effective_from=\(Self.day(8))", csv, type: "text/csv")
            let after = try await service.call(.get, path + "&reference=first").body
            #expect(before["reference"]?["version"]?.int64 == 1)
            #expect(after["reference"]?["version"]?.int64 == 2)
            #expect(after["reference"]?["count"]?.int64 == 600)
            for wrong in ["nothing", "training,", "training,.first-rows"] {
                let answer = try await service.call(.get, path + "&references=\(wrong)")
                #expect(answer.status == 422)
                #expect(answer.body["errors"]?.elements?.first?["pointer"]?.string == "?references")
            }
        }
    }

    @Test func `a frozen reference on other cut points is not compared with`() async throws {
        try await ServiceFixture.with { service in
            try await service.call(
                .put, "/v1/models/m",
                "{\"task\":\"none\",\"features\":{\"x\":{\"type\":\"numeric\"}},\"windows\":[{\"length\":\"1d\",\"step\":\"1d\"}]}"
            )
            let csv = "x\n" + (0..<50).map { "\($0)\n" }.joined()
            // The first frozen reference lends its cut points while there is no training.
            try await service.call(.put, "/v1/models/m/references/q1", csv, type: "text/csv")
            let row = "{\"prediction_id\":\"a\",\"timestamp\":\"\(Self.day(0))\",\"features\":{\"x\":7}}"
            try await service.call(.post, "/v1/models/m/predictions", row)
            let path = "/v1/models/m/windows?length=1d&end=\(Self.day(1))"
            let own = try await service.call(.get, path + "&reference=q1").body
            #expect(own["features"]?["x"]?["drift"]?["ks"]?["value"]?.double == 0.84)
            let other = "x\n" + (0..<50).map { "\(Double($0) / 3)\n" }.joined()
            try await service.call(.put, "/v1/models/m/references/training", other, type: "text/csv")
            let after = try await service.call(.get, path + "&reference=q1").body
            #expect(after["features"]?["x"]?["drift"]?["ks"]?["value"]?.isNull == true)
            #expect(after["reference"]?["reason"]?.string == "other_grid")
            try await service.call(.put, "/v1/models/m/references/q1", csv, type: "text/csv")
            let newest = try await service.call(
                .get, "/v1/models/m/windows?length=1d&end=\(Self.day(2))&reference=q1"
            ).body
            #expect(newest["reference"]?["complete"]?.bool == true)
            #expect(newest["reference"]?["version"]?.int64 == 2)
        }
    }
}

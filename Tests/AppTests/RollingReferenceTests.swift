import App
import HTTPTypes
import JSON
import Logging
import Monitoring
import Postgres
import Store
import TestSupport
import Testing

/// References whose rows differ from window to window, over HTTP.
@Suite(.timeLimit(.minutes(15)))
struct RollingReferenceTests {
    private static let ndjson = "application/x-ndjson"

    static func model(_ service: ServiceFixture, segments: String = "[]") async throws {
        let answer = try await service.call(
            .put, "/v1/models/m",
            """
            {"task":"binary","features":{"x":{"type":"numeric"},"c":{"type":"categorical"}},"grid_points":65536,
             "segments":\(segments),"windows":[{"length":"1d","step":"1d"},{"length":"2d","step":"1d"}]}
            """)
        #expect(answer.status == 201)
    }

    /// The value of a row of a day: days 0...6 lie low, later ones high, and all differ a little.
    private static func value(day: Int, row: Int) -> Double {
        Double((row * 37 + day * 11) % 100) + (day >= 7 ? 1000 : 0) + (row % 2 == 1 ? 10 : 0)
    }

    static func time(day: Int, hour: Int) -> String {
        let text = Time(microseconds: 1_767_225_600_000_000 + Int64(day) * 86_400_000_000 + Int64(hour) * 3_600_000_000)
        return text.rfc3339
    }

    /// A hundred rows of a day; even rows come from version 1, odd ones from version 2.
    private static func rows(day: Int) -> String {
        (0..<100).map { row in
            """
            {"prediction_id":"\(day)-\(row)","timestamp":"\(time(day: day, hour: row % 24))","model_version":"\(row % 2 + 1)",\
            "features":{"x":\(value(day: day, row: row)),"c":"k\(row % 3)"},"prediction":"1","score":0.5}
            """
        }.joined(separator: "\n")
    }

    static func fill(_ service: ServiceFixture, days: Range<Int>) async throws {
        for day in days {
            let answer = try await service.call(.post, "/v1/models/m/predictions", rows(day: day), type: ndjson)
            #expect(answer.status == 200)
        }
        try await service.call(
            .post, "/v1/models/m/watermark", "{\"to\":\"\(time(day: days.upperBound, hour: 0))\"}")
    }

    static func trainingRows(_ days: Range<Int>) -> String {
        var text = "x,c,prediction,score\n"
        for day in days {
            for row in 0..<100 { text += "\(value(day: day, row: row)),k\(row % 3),1,0.5\n" }
        }
        return text
    }

    /// The two-sample KS statistic by definition.
    static func ks(_ left: [Double], _ right: [Double]) -> Double {
        (left + right).map { point in
            let low = left.count { $0 <= point } * right.count
            let high = right.count { $0 <= point } * left.count
            return Double(abs(low - high)) / Double(left.count * right.count)
        }.max() ?? 0
    }

    static func values(_ days: Range<Int>, only: (Int) -> Bool = { _ in true }) -> [Double] {
        days.flatMap { day in (0..<100).filter(only).map { value(day: day, row: $0) } }
    }

    func window(
        _ service: ServiceFixture, _ reference: String, endDay: Int, length: String = "1d", more: String = ""
    ) async throws -> JSONNode {
        let end = Self.time(day: endDay, hour: 0)
        let answer = try await service.call(
            .get, "/v1/models/m/windows?length=\(length)&end=\(end)&reference=\(reference)\(more)")
        #expect(answer.status == 200)
        return answer.body
    }

    func ks(_ document: JSONNode) -> Double? {
        document["features"]?["x"]?["drift"]?["ks"]?["value"]?.double
    }

    @Test func `a trailing, a shifted and a version reference give the KS of exactly their stretch`() async throws {
        try await ServiceFixture.with { service in
            try await Self.model(service)
            #expect(
                try await service.call(
                    .put, "/v1/models/m/references/training", Self.trainingRows(0..<10), type: "text/csv"
                ).status == 201)
            try await Self.fill(service, days: 0..<10)
            for (name, body) in [
                ("recent", "{\"trailing\":\"3d\",\"lag\":\"2d\"}"), ("before", "{\"trailing\":\"3d\"}"),
                ("yesterday", "{\"shift\":\"1d\"}"), ("one", "{\"version\":\"1\"}"),
                ("one_yesterday", "{\"version\":\"1\",\"shift\":\"1d\"}"),
            ] {
                let answer = try await service.call(.put, "/v1/models/m/references/\(name)", body)
                #expect(answer.status == 201, "\(name) \(answer.body.text)")
                #expect(answer.body["count"]?.isNull == true)
                #expect(answer.body["definition"]?.text == (try JSONNode(parsing: body)).text)
            }
            let day = Self.values(8..<9)
            let recent = try await window(service, "recent", endDay: 9)
            #expect(ks(recent) == Self.ks(day, Self.values(4..<7)))
            #expect(recent["reference"]?["count"]?.int64 == 300)
            #expect(recent["reference"]?["start"]?.string == Self.time(day: 4, hour: 0))
            #expect(recent["reference"]?["end"]?.string == Self.time(day: 7, hour: 0))
            #expect(ks(try await window(service, "before", endDay: 9)) == Self.ks(day, Self.values(5..<8)))
            #expect(ks(try await window(service, "yesterday", endDay: 9)) == Self.ks(day, Self.values(7..<8)))
            let two = Self.values(7..<9)
            #expect(
                ks(try await window(service, "yesterday", endDay: 9, length: "2d")) == Self.ks(two, Self.values(6..<8)))
            let own = Self.values(8..<9, only: { $0 % 2 == 0 })
            #expect(ks(try await window(service, "one", endDay: 9)) == Self.ks(day, own))
            let other = Self.values(8..<9, only: { $0 % 2 == 1 })
            #expect(ks(try await window(service, "one", endDay: 9, more: "&version=2")) == Self.ks(other, own))
            let past = Self.values(7..<8, only: { $0 % 2 == 0 })
            #expect(
                ks(try await window(service, "one_yesterday", endDay: 9, more: "&version=2")) == Self.ks(other, past))
        }
    }

    @Test func `series and rules see a rolling reference at every end`() async throws {
        try await ServiceFixture.with { service in
            try await Self.model(service)
            try await service.call(.put, "/v1/models/m/references/training", Self.trainingRows(0..<3), type: "text/csv")
            try await Self.fill(service, days: 0..<10)
            try await service.call(.put, "/v1/models/m/references/last", "{\"shift\":\"2d\"}")
            let series = try await service.series("m", "measure=ks&feature=x&length=1d&reference=last")
            let values = try #require(series["value"]?.elements)
            #expect(values.count == 10)
            // The training grid does not hold the later values, so the error bound of the grid decides how near the value is.
            for (index, value) in values.enumerated() {
                guard index >= 2 else {
                    #expect(value.isNull)
                    continue
                }
                let document = try await window(service, "last", endDay: index + 1)
                #expect(value.double == ks(document))
            }
            let time = Self.time(day: 10, hour: 0)
            for (query, count) in [
                ("driftline_ks{model=\"m\",feature=\"x\",window=\"1d\",version=\"\",segment=\"\"}", 2),
                ("driftline_ks{model=\"m\",feature=\"x\",window=\"1d\",version=\"\",reference=\"last\"}", 1),
                ("driftline_mean_reference{feature=\"x\",window=\"1d\",version=\"\",reference=\"last\"}", 1),
                ("driftline_mean_reference{feature=\"x\",window=\"1d\",version=\"\",reference=\"\"}", 1),
                (
                    "driftline_mean{feature=\"x\",window=\"1d\",version=\"\"} - driftline_mean_reference", 1
                ),
                (
                    "driftline_mean{feature=\"x\",window=\"1d\",version=\"\"} "
                        + "- ignoring(reference) driftline_mean_reference{reference=\"last\"}", 1
                ),
            ] {
                let encoded = query.utf8.map { byte in
                    let text = String(byte, radix: 16)
                    return "%" + (text.utf8.count == 1 ? "0" + text : text)
                }.joined()
                let answer = try await service.call(.get, "/api/v1/query?time=\(time)&query=\(encoded)")
                #expect(answer.body["data"]?["result"]?.elements?.count == count, "\(query) \(answer.body.text)")
            }
        }
    }

    @Test func `half a stretch is never compared with, and the answer says so`() async throws {
        try await ServiceFixture.with { service in
            try await Self.model(service, segments: "[[\"c\"]]")
            try await service.call(.put, "/v1/models/m/references/training", Self.trainingRows(0..<3), type: "text/csv")
            try await Self.fill(service, days: 0..<4)
            for (name, body) in [
                ("recent", "{\"trailing\":\"2d\",\"lag\":\"1d\"}"), ("nobody", "{\"version\":\"9\"}"),
                ("one", "{\"version\":\"1\"}"),
            ] { try await service.call(.put, "/v1/models/m/references/\(name)", body) }
            let half = try await window(service, "recent", endDay: 2)
            #expect(ks(half) == nil)
            #expect(half["reference"]?["complete"]?.bool == false)
            #expect(half["reference"]?["reason"]?.string == "incomplete")
            #expect(half["reference"]?["count"]?.int64 == 100)
            let whole = try await window(service, "recent", endDay: 3)
            #expect(whole["reference"]?["complete"]?.bool == true)
            #expect(whole["reference"]?["count"]?.int64 == 200)
            #expect(ks(whole) != nil)
            let empty = try await window(service, "nobody", endDay: 3)
            #expect(ks(empty) == nil)
            #expect(empty["reference"]?["reason"]?.string == "empty")
            let segment = try await window(service, "one", endDay: 3, more: "&segment=c%3Dk1")
            #expect(segment["reference"]?["reason"]?.string == "no_segment")
            let same = try await window(service, "recent", endDay: 3, more: "&segment=c%3Dk1")
            #expect(same["reference"]?["count"]?.int64 == 66)
            #expect(ks(same) != nil)
        }
    }

    @Test(arguments: [
        ("{\"trailing\":\"36h\"}", "/trailing", "a multiple of the pane, which is 1d"),
        ("{\"trailing\":\"3d\",\"lag\":\"1h\"}", "/lag", "a multiple of the pane"),
        ("{\"shift\":\"90m\"}", "/shift", "a multiple of the pane"),
        ("{\"trailing\":\"999999d\"}", "/trailing", "at most"),
        ("{\"trailing\":\"0s\"}", "/trailing", "above 0"),
        ("{\"trailing\":7}", "/trailing", "as in \"7d\""),
        ("{\"trailing\":\"-1d\"}", "/trailing", "as in"),
        ("{\"lag\":\"1d\"}", "/lag", "belongs to trailing"),
        ("{\"trailing\":\"1d\",\"shift\":\"1d\"}", "/shift", "not both"),
        ("{\"shift\":\"1d\",\"from\":\"2026-01-01T00:00:00Z\"}", "/shift", "by themselves"),
        ("{\"from\":\"2026-01-01T00:00:00Z\"}", "/to", "give a time"),
        ("{\"from\":\"2026-01-02T00:00:00Z\",\"to\":\"2026-01-01T00:00:00Z\"}", "/to", "after from"),
        ("{\"from\":\"2020-01-02T00:00:00Z\",\"to\":\"2020-01-03T00:00:00Z\"}", "", "nothing was logged"),
        ("{\"version\":\"\"}", "/version", "1 to 256 bytes"),
        ("{\"trailling\":\"7d\"}", "/trailling", "is made of"),
        ("{}", "", "give from and to"),
        ("[]", "", "give an object"),
    ])
    func `a body that cannot be so is refused with its place`(_ body: String, _ pointer: String, _ detail: String)
        async throws
    {
        try await ServiceFixture.with { service in
            try await Self.model(service)
            let answer = try await service.call(.put, "/v1/models/m/references/r", body)
            #expect(answer.status == 422)
            #expect(answer.body["errors"]?.elements?.first?["pointer"]?.string == pointer)
            #expect(answer.body["errors"]?.elements?.first?["detail"]?.string?.contains(detail) == true)
            #expect(try await service.call(.get, "/v1/models/m/references/r").status == 404)
        }
    }

    @Test func `references of every kind are listed, versioned, kept over a restart and removed`() async throws {
        let bodies = [
            ("a", "{\"trailing\":\"2d\",\"lag\":\"0s\"}", "trailing"), ("b", "{\"shift\":\"1d\"}", "shift"),
            ("c", "{\"version\":\"1\"}", "version"),
            ("d", "{\"from\":\"2026-01-01T00:00:00Z\",\"to\":\"2026-01-03T00:00:00Z\"}", "stretch"),
        ]
        try await TestServer.withPool { pool in
            try await TestServer.migrate(pool)
            let before = Documents()
            try await ServiceFixture.on(pool) { service in
                try await Self.model(service)
                try await service.call(
                    .put, "/v1/models/m/references/training", Self.trainingRows(0..<3), type: "text/csv")
                try await Self.fill(service, days: 0..<6)
                for (name, body, kind) in bodies {
                    let first = try await service.call(.put, "/v1/models/m/references/\(name)", body)
                    #expect(first.status == 201)
                    #expect(first.body["kind"]?.string == kind)
                    #expect(first.body["effective_from"]?.isNull == true)
                    let second = try await service.call(.put, "/v1/models/m/references/\(name)", body)
                    #expect(second.status == 200)
                    #expect(second.body["version"]?.int64 == 2)
                    #expect(second.body["effective_from"]?.string == Self.time(day: 6, hour: 0))
                    let old = try await window(service, name, endDay: 5)
                    #expect(old["reference"]?["version"]?.int64 == 1)
                    await before.add(old.text)
                }
                #expect(await service.checkpointer.save())
            }
            try await ServiceFixture.on(pool) { service in
                let texts = await before.texts
                for (index, (name, _, _)) in bodies.enumerated() {
                    let text = try await window(service, name, endDay: 5).text
                    #expect(text == texts[index])
                }
                let list = try await service.call(.get, "/v1/models/m/references")
                let names = list.body["references"]?.elements?.compactMap { $0["name"]?.string }
                #expect(names == ["a", "b", "c", "d", "training"])
                for (name, _, _) in bodies {
                    #expect(try await service.call(.delete, "/v1/models/m/references/\(name)").status == 204)
                    #expect(try await service.call(.delete, "/v1/models/m/references/\(name)").status == 404)
                    let end = Self.time(day: 5, hour: 0)
                    let answer = try await service.call(
                        .get, "/v1/models/m/windows?length=1d&end=\(end)&reference=\(name)")
                    #expect(answer.status == 422)
                }
            }
        }
    }

    private actor Documents {
        var texts: [String] = []

        func add(_ text: String) { texts.append(text) }
    }
}

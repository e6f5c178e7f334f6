import Foundation

/// Rows that are well formed and say what cannot be.
enum ValueInputs {
    static let shapes = HostileInput.all(
        HostileInput.each(["1", "null", "\"x\"", "true", "[[]]", "[null]", "[1]"]) { .json($0, 422, accepted: 0) },
        [
            .json("{\"predictions\":{}}", 400), .json("{\"predictions\":[],\"x\":1}", 400),
            .post("null for a model", 422, to: "/v1/models/z", method: "PUT") { Array("null".utf8) },
            .post("an array for a model", 422, to: "/v1/models/z", method: "PUT", empty),
            .json("[]", 404, named: "an unknown model", to: "/v1/models/nobody/predictions"),
        ])

    /// Features of a wrong type are null and counted; a score that is none rejects its row.
    static let numbers = HostileInput.all(
        HostileInput.each(huge) { .row("\"features\":{\"age\":\($0)}", 200, named: "\($0.prefix(20)) in a feature") },
        HostileInput.each(huge) { .row("\"score\":\($0)", 422, named: "\($0.prefix(20)) as the score") },
        HostileInput.each(fine) { .row("\"features\":{\"age\":\($0)}", 200, named: "\($0.prefix(20)) in a feature") },
        HostileInput.each(fine) { .row("\"score\":\($0)", 200, named: "\($0.prefix(20)) as the score") },
        HostileInput.each(text) { .row("\"features\":{\"age\":\"\($0)\"}", 200) },
        HostileInput.each(text) { .row("\"score\":\"\($0)\"", 422) },
        [
            .row("\"features\":{\"age\":9007199254740993}", 200), .row("\"score\":9007199254740993", 422),
            .row("\"features\":{\"job\":1e131071}", 200), .row("\"features\":{\"new\":1e131071}", 200),
            .row("\"features\":{\"new\":{\"x\":1e131071}}", 200),
        ])

    /// Numbers that no double holds.
    private static let huge = ["1e309", "1e99999999", "-1e309", "1e131071", String(repeating: "1", count: 400)]
    /// Numbers that one holds, to its precision.
    private static let fine = [
        "1e-400", "-0", "5e-324", "0." + String(repeating: "1", count: 400),
        "0.5" + String(repeating: "0", count: 100_000),
    ]
    /// Text that Swift or C would take for a number.
    private static let text = ["nan", "inf", "-Infinity", "0x1p4", "1_000"]

    static let types = HostileInput.all(
        HostileInput.each([
            "\"age\":true", "\"age\":{}", "\"age\":[]", "\"job\":1", "\"job\":{\"a\":1}", "\"v\":[1,2]",
            "\"v\":[1,2,\"x\"]",
            "\"v\":1", "\"v\":[1,2,1e309]", "\"v\":[]", "\"v\":[[1,2,3]]", "\"__proto__\":1", "\"constructor\":1",
            "\"\\\"; DROP TABLE prediction; --\":1", "\"a\\\"\u{301}\":1", "\"\":1",
        ]) { .row("\"features\":{\($0)}", 200) },
        HostileInput.each(["tenant_id", "id", "created_at", "model", "project", "actual"]) { .row("\"\($0)\":1", 422) },
        HostileInput.each([
            "\"prediction\":\"7\"", "\"prediction\":{}", "\"scores\":[0.5]", "\"features\":[1]", "\"features\":\"x\"",
        ]) { .row($0, 422) },
        HostileInput.each([
            "{\"prediction_id\":\"a\\u0000\"}", "{\"model_version\":\"\\u0000\"}",
            "{\"features\":{\"job\":\"\\u0000\"}}",
            "{\"features\":{\"n\\u0000\":1}}", "{\"features\":{\"new\":[\"\\u0000\"]}}", "{\"prediction\":\"\\u0000\"}",
        ]) { .json("[\($0)]", 422, accepted: 0) })

    static let ids: [HostileInput] = [
        .json("[{\"prediction_id\":\"\"}]", 422, accepted: 0),
        .json("[{\"prediction_id\":\"\(String(repeating: "x", count: 257))\"}]", 422, accepted: 0, named: "257 bytes"),
        .json("[{\"prediction_id\":\"\(String(repeating: "x", count: 256))\"}]", 200, accepted: 1, named: "256 bytes"),
        .json("[{\"prediction_id\":\"\(String(repeating: "x", count: 10_240))\"}]", 422, accepted: 0, named: "10 KiB"),
        .json("[{\"prediction_id\":7}]", 422, accepted: 0),
        .json("[{\"prediction_id\":\"a/../b\"}]", 200, accepted: 1),
        .json("[{\"prediction_id\":\"a\\nb\"}]", 200, accepted: 1),
        .json("[{\"prediction_id\":\"\u{202e}evil\"}]", 200, accepted: 1, named: "text that turns direction"),
        .json("[{\"prediction_id\":\"a\u{200b}b\"}]", 200, accepted: 1, named: "a blank without width"),
        .json("[{\"prediction_id\":\"\\u001b[31m\"}]", 200, accepted: 1),
        .json(
            "[{\"prediction_id\":\"\u{e9}\"},{\"prediction_id\":\"e\u{301}\"}]", 200, accepted: 2,
            named: "twins in two forms of Unicode"),
        .json("[{\"prediction_id\":\"tw\"},{\"prediction_id\":\"tw\"}]", 200, accepted: 1, named: "an id twice"),
        .json(
            "[{\"prediction_id\":\"cf\"},{\"prediction_id\":\"cf\",\"score\":0.5}]", 422, accepted: 1,
            named: "an id twice with other content"),
    ]

    static let wide: [HostileInput] = [
        .post("a row of 1 MB with 2,000 features that nobody declared", 200, accepted: 1, type: "application/x-ndjson")
        {
            let features = (0..<2000).map { "\"f\($0)\":\"\(String(repeating: "x", count: 480))\"" }.joined(
                separator: ",")
            return Array("{\"prediction_id\":\"\(HostileInput.newID)\",\"features\":{\(features)}}".utf8)
        },
        .post("ten thousand rows, each of another category", 200, accepted: 10_000, type: "text/csv") {
            Array("job\n".utf8) + (0..<10_000).flatMap { Array("category \($0)\n".utf8) }
        },
    ]

    static let times = HostileInput.all(
        HostileInput.each([
            "2026-02-30T00:00:00Z", "2026-02-03T24:00:00Z", "2026-02-03T00:00:00+99:99", "2026-02-03T00:00:00+24:00",
            "2026-02-03T00:00:61Z", "2026-02-03T12:30:60Z", "99999-01-01T00:00:00Z", "-001-01-01T00:00:00Z",
            "0000-01-01T00:00:00Z", "2026-02-03T00:00:00", "2026-02-03 00:00:00Z", "2026-02-03", "20260203T000000Z",
            "2026-2-3T0:0:0Z",
            "1767225600", "1767225600000", "1e9", "infinity", "-infinity", "now", "epoch", "today", "",
            "2100-01-01T00:00:00Z",
            "2026-02-03T00:00:00\u{2212}01:00", "2026-02-03T00:00:0\u{663}Z",
        ]) { .row("\"timestamp\":\"\($0)\"", 422) },
        HostileInput.each(["1767225600", "1767225600000", "1e9", "true", "{}"]) { .row("\"timestamp\":\($0)", 422) },
        HostileInput.each(["2016-12-31T23:59:60Z", "1970-01-01T00:00:00Z", "2026-02-03T00:00:00.123456789+05:30"]) {
            .row("\"timestamp\":\"\($0)\"", 200)
        },
        [
            .row("\"timestamp\":null", 200),
            .csv("prediction_id,timestamp\n#,infinity\n", 422, accepted: 0),
            .csv("prediction_id,timestamp\n#,1767225600\n", 422, accepted: 0),
        ])

    static let tables: [HostileInput] = [
        .csv("prediction_id,age\n\"#,1\n", 400, named: "a quote that is not closed"),
        .csv("prediction_id,age\n\"#\"x,1\n", 400, named: "text behind a quote"),
        .csv("prediction_id,age\n#a,1\n#\0,1\n", 422, accepted: 1, named: "a zero byte"),
        .csv("prediction_id,job\n#,\(String(repeating: "x", count: 10_000_000))\n", 400, named: "a field of 10 MB"),
        .csv("prediction_id,age\n#a,1\n#b,1,2\n#c\n", 422, accepted: 1, named: "ragged rows"),
        .csv("prediction_id,age,age\n#,1,2\n", 400), .csv("prediction_id,prediction_id\na,b\n", 400),
        .csv("prediction_id,age,features.age\n#,1,2\n", 400),
        .csv("prediction_id,\n#,2\n", 400, named: "a column without a name"),
        .csv((0...20_000).map { "c\($0)" }.joined(separator: ",") + "\n", 400, named: "20,001 columns"),
        .csv("prediction_id,age\r#,1\r", 400, named: "carriage returns alone"), .csv("", 400, named: "nothing"),
        .csv("prediction_id,age\r\n#,1\r\n\r\n", 200, accepted: 1, named: "CRLF"),
        .csv(
            "prediction_id,job\n#a,=1+1\n#b,+1\n#c,-1\n#d,@a\n#e,\t1\n", 200, accepted: 5,
            named: "what a table calculates"),
        .csv("prediction_id,job\n#a,\\.\n\\.\n#b,a\n", 422, accepted: 2, named: "a line of backslash and dot is a row"),
        .csv("prediction_id,job\n\\.,\\.\n#,a\n", 200, accepted: 2, named: "an id of backslash and dot"),
    ]

    private static let empty: @Sendable () -> [UInt8] = { Array("[]".utf8) }

    static let keys = HostileInput.all(
        HostileInput.each([
            "\"\"", "", "\"", "a b", "\"a", "a\"b", "a,b", "\"a\", \"b\"", "a\tb", "\u{e9}", "\"a\"; b",
            String(repeating: "a", count: 256),
        ]) {
            .post(
                "Idempotency-Key: \($0.prefix(20).debugDescription)", 400, headers: "Idempotency-Key: \($0)\r\n", empty)
        },
        [
            .post("two keys", 400, headers: "Idempotency-Key: a\r\nIdempotency-Key: b\r\n", empty),
            .post(
                "a key of 1 MiB", 431, headers: "Idempotency-Key: \(String(repeating: "a", count: 1 << 20))\r\n", empty),
            .post("a quoted key", 200, accepted: 0, headers: "Idempotency-Key: \"a quoted key\"\r\n", empty),
            .post("a bare key", 200, accepted: 0, headers: "Idempotency-Key: 7f1c-bare\r\n", empty),
        ])

    static let stretches = HostileInput.all(
        [
            .get(
                "a series of a hundred years",
                "/v1/models/m/series?measure=mean&feature=age&length=24h&from=1926-01-01T00:00:00Z&to=2026-01-01T00:00:00Z",
                422),
            .get(
                "a series that ends before it begins",
                "/v1/models/m/series?measure=mean&feature=age&length=24h&from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z",
                422),
            .get(
                "rows that end before they begin",
                "/v1/models/m/predictions?from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z", 422),
            .get("rows of no time", "/v1/models/m/predictions?from=2026-01-01T00:00:00Z&to=2026-01-01T00:00:00Z", 422),
            .get(
                "more points than Prometheus gives",
                "/api/v1/query_range?query=driftline_mean&start=0&end=4000000000&step=1", 400),
            .get(
                "a range that ends before it begins", "/api/v1/query_range?query=driftline_mean&start=10&end=1&step=1",
                400),
        ],
        HostileInput.each(limits) { .get("labels, limit \($0)", "/api/v1/labels?limit=\($0)", 400) },
        HostileInput.each(limits) { .get("values, limit \($0)", "/api/v1/label/feature/values?limit=\($0)", 400) },
        HostileInput.each(limits) { .get("segments, limit \($0)", "/v1/models/m/segments?length=24h&limit=\($0)", 422) }
    )

    private static let limits = ["-1", "1e3", "%D9%A3", "many", "99999999999999999999"]
}

import Monitoring
import Statistics
import Testing

@testable import App

struct WireReferenceTests {
    private static func rows(
        _ body: String, _ encoding: WireEncoding, _ schema: ModelSchema, chunk: Int = 1 << 20
    ) throws(WireError) -> ReferenceUpload {
        let bytes = Array(body.utf8)
        var payload = try ReferencePayload(encoding: encoding, schema: schema)
        for start in stride(from: 0, to: bytes.count, by: chunk) {
            try payload.append(Array(bytes[start..<min(start + chunk, bytes.count)]))
        }
        return try payload.finish()
    }

    @Test(
        arguments: [
            (
                WireEncoding.csv,
                "prediction_id,timestamp,age,job,prediction,score,actual\nx,whatever,1,a,1,0.5,0\n,,2,b,,,1\n,,,,0,0.25,\n"
            ),
            (
                .ndjson,
                #"""
                {"prediction_id":7,"timestamp":"whatever","features":{"age":1,"job":"a"},"prediction":1,"score":0.5,"actual":"0"}
                {"features":{"age":2,"job":"b"},"actual":1}

                {"prediction":"0","score":0.25,"actual":null}
                """#
            ),
        ], [1, 5, 1 << 20])
    func `columns are the same however the bytes come`(input: (WireEncoding, String), chunk: Int) throws {
        let rows = try Self.rows(input.1, input.0, WireSchema.schema(.binary), chunk: chunk)
        #expect(rows.count == 3)
        #expect(rows.total == 3)
        #expect(rows.rejections.isEmpty)
        #expect(rows.numeric[0].map(\.description) == ["1.0", "2.0", "nan"])
        #expect((0..<3).map { rows.categorical[0][$0] } == ["a", "b", nil])
        #expect((0..<3).map { rows.classPredictions[$0] } == ["1", nil, "0"])
        #expect((0..<3).map { rows.classActuals[$0] } == ["0", "1", nil])
        #expect(rows.scores.map(\.description) == ["0.5", "nan", "0.25"])
        #expect(rows.numberActuals.isEmpty)
    }

    @Test func `a regression has numbers`() throws {
        let rows = try Self.rows("age,prediction,actual\n1,2.5,3\n2,,x\n", .csv, WireSchema.schema(.regression))
        #expect(rows.numberPredictions == [2.5])
        #expect(rows.numberActuals == [3])
        #expect(rows.rejections.map(\.pointer) == ["/actual"])
        #expect(rows.rejectionCount == 1)
    }

    @Test func `wrong types are counted by column`() throws {
        let rows = try Self.rows("age,income\nx,1\ny,2\n3,z\n", .csv, WireSchema.schema(.binary))
        #expect(rows.typeErrors.map(\.count) == [2, 1, 0])
        #expect(rows.warningCount == 3)
    }

    @Test(arguments: [1, 64, 1 << 20])
    func `features that are not fixed are decided by the rows`(chunk: Int) throws {
        let schema = try WireSchema.schema(.binary, features: nil)
        let body = "prediction_id,zip,age,features.score,empty,actual\n1,01,5,0.5,,1\n2,AB,6,,,0\n"
        let rows = try Self.rows(body, .csv, schema, chunk: chunk)
        #expect(rows.schema.featuresFixed)
        #expect(rows.schema.features.map(\.name) == ["zip", "age", "score", "empty"])
        #expect(rows.schema.features.map(\.kind) == [.categorical, .numeric, .numeric, .numeric])
        #expect((0..<2).map { rows.categorical[0][$0] } == ["01", "AB"])
        #expect(rows.numeric[0] == [5, 6])
    }

    @Test func `JSON rows decide features by the types of their values`() throws {
        let body = #"[{"features":{"a":1,"b":"x","c":true,"d":null,"e":[1]}},{"features":{"a":"x","f":1e309}},5]"#
        let features = try PredictionPayload.inferredFeatures(Array(body.utf8), encoding: .json)
        #expect(features.map(\.name) == ["a", "b", "c", "d", "f"])
        #expect(features.map(\.kind) == [.categorical, .categorical, .categorical, .numeric, .numeric])
    }

    @Test func `a million feature names are not remembered`() throws {
        let body = (0..<100).map { row in
            "{\"features\":{" + (0..<100).map { "\"f\(row * 100 + $0)\":1" }.joined(separator: ",") + "}}"
        }
        let features = try PredictionPayload.inferredFeatures(
            Array(body.joined(separator: "\n").utf8), encoding: .ndjson)
        #expect(features.count == ModelSchema.mostFeatures + 1)
        #expect(throws: WireError.self) {
            try Self.rows(body.joined(separator: "\n"), .ndjson, WireSchema.schema(.binary, features: nil))
        }
    }

    @Test func `rejections are all counted and a hundred kept`() throws {
        let rows = try Self.rows(
            "age\n" + String(repeating: "1,2\n", count: 500) + "7\n", .csv, WireSchema.schema(.binary))
        #expect(rows.rejectionCount == 500)
        #expect(rows.rejections.count == 100)
        #expect(rows.numeric[0] == [7])
    }

    @Test func `garbage is refused before all of it has come`() throws {
        var payload = try ReferencePayload(encoding: .ndjson, schema: WireSchema.schema(.binary))
        #expect(throws: WireError.self) {
            for _ in 0..<100 { try payload.append(Array(String(repeating: "garbage\n", count: 1000).utf8)) }
        }
        #expect(payload.rowCount <= 10_000)
    }

    @Test func `a JSON document cannot be read in pieces`() throws {
        let schema = try WireSchema.schema(.binary)
        #expect(throws: WireError.unsupportedMediaType) {
            try ReferencePayload(encoding: .json, schema: schema).finish()
        }
    }

    @Test(
        arguments: [
            nil, "", "text/plain", "application/json; charset=utf-16", "text/csv;charset=latin1", "application/jsonp",
            "json",
        ] as [String?])
    func `other media types are refused`(type: String?) {
        #expect(throws: WireError.unsupportedMediaType) { try WireEncoding(contentType: type) }
    }

    @Test(arguments: [
        ("application/json", WireEncoding.json), ("Application/JSON; charset=\"UTF-8\"", .json),
        ("application/x-ndjson", .ndjson), ("text/csv; header=present", .csv),
        (" text/csv ;charset=utf-8", .csv),
    ])
    func `our media types are known`(type: String, expected: WireEncoding) throws {
        #expect(try WireEncoding(contentType: type) == expected)
    }
}

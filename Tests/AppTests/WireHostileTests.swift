import JSON
import Monitoring
import Statistics
import Testing

@testable import App

/// What is sent by mistake or by intent.
struct WireHostileTests {
    @Test(arguments: [
        ("", 0), (" ", 1), ("[{}", 3), ("[{},]", 4), ("{'a':1}", 1), ("[{}] []", 5), ("NaN", 0),
        (#"[{"score":NaN}]"#, 10),
        (#"[{"score":Infinity}]"#, 10), (#"[{"score":-Infinity}]"#, 11), (#"[{"score":01}]"#, 11),
        (#"[{"score":.5}]"#, 10),
    ])
    func `a document that is not JSON is refused as a whole, with the offset`(body: String, offset: Int) {
        let error = #expect(throws: WireError.self) { try WireSchema.predictions(body) }
        guard case .notJSON(let mistake) = error else {
            Issue.record("not refused as JSON: \(String(describing: error))")
            return
        }
        #expect(mistake.offset == offset)
    }

    private static let refused: [(String, JSONError.Kind)] = [
        (#"[{"prediction_id":"a","prediction_id":"b"}]"#, .duplicateKey),
        (#"[{"score":1,"sc\u006fre":2}]"#, .duplicateKey),
        ("[{\"features\":{\"a\":\(String(repeating: "[", count: 100_000))", .depth), ("\u{feff}[]", .encoding),
        (#"[{"prediction_id":"\ud800"}]"#, .encoding), ("[{\"prediction_id\":\"a\u{1}\"}]", .syntax),
        ("[{\"prediction_id\":\"\(String(repeating: "x", count: 10_000_000))\"}]", .tooLongString),
        ("{\"features\":{\((0..<1_000_000).map { "\"f\($0)\":1" }.joined(separator: ","))}}", .tooManyKeys),
    ]

    @Test(arguments: refused.indices)
    func `a strict parser refuses the whole document`(place: Int) {
        let (body, kind) = Self.refused[place]
        let error = #expect(throws: WireError.self) { try WireSchema.predictions(body) }
        guard case .notJSON(let mistake) = error else {
            Issue.record("not refused as JSON: \(String(describing: error))")
            return
        }
        #expect(mistake.kind == kind)
    }

    @Test(arguments: ["1", "\"x\"", "null", "true"])
    func `a scalar where a row belongs is a rejected row`(body: String) throws {
        let payload = try WireSchema.predictions(body)
        #expect(payload.rejections == [RowRejection(index: 0, pointer: "", detail: "a row must be an object")])
        let inArray = try WireSchema.predictions("[{},\(body),[]]")
        #expect(inArray.rejections.map(\.index) == [1, 2])
        #expect(inArray.batch.count == 1)
    }

    @Test(arguments: [#"{"predictions":{}}"#, #"{"predictions":5}"#, #"{"predictions":[],"x":1}"#])
    func `an envelope holds an array and nothing beside it`(body: String) {
        let error = #expect(throws: WireError.self) { try WireSchema.predictions(body) }
        guard case .notRows = error else {
            Issue.record("taken for something else: \(String(describing: error))")
            return
        }
    }

    @Test func `an empty array is no rows`() throws {
        #expect(try WireSchema.predictions("[]").total == 0)
        #expect(try WireSchema.predictions(#"{"predictions":[]}"#).total == 0)
    }

    @Test func `a bad line rejects itself alone`() throws {
        let long = String(repeating: "x", count: 1_200_000)
        let body =
            "{\"prediction_id\":\"a\"}\n{bad\n{\"a\":1,\"a\":2}\n[1\n{\"prediction_id\":\"\(long)\"}\n5\n{\"prediction_id\":\"b\"}"
        let payload = try WireSchema.predictions(body, .ndjson)
        #expect(payload.total == 7)
        #expect(payload.batch.ids == ["a", "b"])
        #expect(payload.dataRows == [0, 6])
        #expect(payload.rejections.map(\.index) == [1, 2, 3, 4, 5])
        #expect(payload.rejections.allSatisfy { $0.pointer.isEmpty })
        #expect(payload.rejections[0].detail.contains("byte 1"))
    }

    @Test(arguments: [("", 0), ("\n\n\n", 3), ("hello\nworld\n", 0), ("\n{\"a\"\n{\n", 5), ("id,score\n1,2\n", 0)])
    func `lines of which none is JSON are refused as a whole`(body: String, offset: Int) {
        let error = #expect(throws: WireError.self) { try WireSchema.predictions(body, .ndjson) }
        guard case .notJSON(let mistake) = error else {
            Issue.record("not refused as JSON: \(String(describing: error))")
            return
        }
        #expect(mistake.offset == offset)
    }

    @Test func `a million blank lines are nothing`() throws {
        let payload = try WireSchema.predictions(String(repeating: "\n", count: 1_000_000) + "{}", .ndjson)
        #expect(payload.total == 1)
    }

    @Test(arguments: [
        (#"{"prediction_id":""}"#, "/prediction_id"), (#"{"prediction_id":7}"#, "/prediction_id"),
        (#"{"prediction_id":"a\u0000"}"#, "/prediction_id"),
        (#"{"model_version":3}"#, "/model_version"), (#"{"model_version":"\u0000"}"#, "/model_version"),
        (#"{"timestamp":1767225600}"#, "/timestamp"),
        (#"{"features":[1]}"#, "/features"), (#"{"features":"x"}"#, "/features"),
        (#"{"features":{"job":"a\u0000b"}}"#, "/features/job"),
        (#"{"features":{"new":"\u0000"}}"#, "/features/new"),
        (#"{"features":{"new":[{"x":"\u0000"}]}}"#, "/features/new"),
        (#"{"features":{"n\u0000":1}}"#, "/features/n\0"), (#"{"prediction":"\u0000"}"#, "/prediction"),
        (#"{"scores":{"\u0000":1}}"#, "/scores/\0"),
        (#"{"unknown":1}"#, "/unknown"), (#"{"unknown":null}"#, "/unknown"), (#"{"actual":1}"#, "/actual"),
        (#"{"tenant_id":"x"}"#, "/tenant_id"),
        (#"{"created_at":"x"}"#, "/created_at"), (#"{"a/b~c":1}"#, "/a~1b~0c"),
    ])
    func `a value that cannot be stored rejects its row and says where`(body: String, pointer: String) throws {
        let payload = try WireSchema.predictions(body)
        #expect(payload.rejections.map(\.pointer) == [pointer])
        #expect(payload.batch.count == 0)
    }

    @Test(arguments: [
        ("a/b", true), ("a\nb", true), ("\u{202e}evil", true), ("zero\u{200b}width", true), ("\u{1b}[31m", true),
        ("=1+1", true), ("\\.", true),
        (String(repeating: "x", count: 256), true), (String(repeating: "x", count: 257), false),
        (String(repeating: "é", count: 128), true),
        (String(repeating: "é", count: 129), false), ("'; DROP TABLE x; --", true),
    ])
    func `ids are bytes, up to 256 of them`(id: String, isTaken: Bool) throws {
        var writer = JSONWriter()
        writer.object { $0.member("prediction_id", id) }
        let payload = try WireSchema.predictions(writer.text)
        #expect(payload.batch.ids == (isTaken ? [ByteText(id)] : []))
        #expect(payload.rejections.map(\.pointer) == (isTaken ? [] : ["/prediction_id"]))
    }

    @Test func `twins in different Unicode forms are two ids and two categories`() throws {
        let body =
            "[{\"prediction_id\":\"\u{e9}\",\"features\":{\"job\":\"\u{e9}\"}},{\"prediction_id\":\"e\u{301}\",\"features\":{\"job\":\"e\u{301}\"}}]"
        let batch = try WireSchema.predictions(body).batch
        #expect(batch.ids == ["\u{e9}", "e\u{301}"])
        #expect(batch.categorical[0].values.count == 2)
    }

    @Test(arguments: [
        "nan", "NaN", "inf", "-inf", "Infinity", "0x1p4", "0x10", "1_000", "1,5", " 1", "1 ", "+", "-", ".", "e5", "1e",
        "1e+", "--1", "١", "1d", "1f", "NULL",
    ])
    func `text that Swift or C would take for a number is a type error`(text: String) throws {
        let payload = try WireSchema.predictions("age,prediction_id\n\"\(text)\",a\n", .csv)
        #expect(payload.batch.numeric[0][0].isNaN)
        #expect(payload.batch.typeErrors[0] == [0])
        let score = try WireSchema.predictions("score,prediction_id\n\"\(text)\",a\n", .csv)
        #expect(score.rejections.map(\.pointer) == ["/score"])
    }

    @Test(arguments: ["1e309", "-1e99999999", "1e131072"])
    func `a number beyond a double is a type error of a feature and rejects a score`(text: String) throws {
        for encoding in WireEncoding.allCases {
            let isCSV = encoding == .csv
            let feature = try WireSchema.predictions(
                isCSV ? "age\n\(text)\n" : "{\"features\":{\"age\":\(text)}}", encoding)
            #expect(feature.batch.typeErrors[0] == [0])
            let score = try WireSchema.predictions(isCSV ? "score\n\(text)\n" : "{\"score\":\(text)}", encoding)
            #expect(score.rejections.map(\.pointer) == ["/score"])
        }
    }

    @Test func `a detail never repeats what was sent`() throws {
        let secret = "s3cr3t-value"
        let bodies = [
            "[{\"timestamp\":\"\(secret)\"}]", "[{\"score\":\"\(secret)\"}]",
            "[{\"features\":{\"age\":\"\(secret)\"}}]", "[{\"prediction\":\"\(secret)\"}]",
            "[{\"prediction_id\":{\"x\":\"\(secret)\"}}]",
        ]
        let schema = try WireSchema.schema(.binary, classes: ["0", "1"], positiveClass: "1")
        for body in bodies {
            let payload = try WireSchema.predictions(body, .json, schema)
            let words = payload.rejections.map(\.detail) + payload.warnings.map(\.detail)
            #expect(words.count == 1)
            #expect(!words.joined().contains(secret))
        }
    }

    @Test func `two thousand features and a wide row are read`() throws {
        let features = (0..<2000).map { FeatureDeclaration(name: ByteText("f\($0)"), kind: .numeric) }
        let schema = try WireSchema.schema(.binary, features: features)
        let row = "{\"features\":{" + (0..<2000).map { "\"f\($0)\":\($0)" }.joined(separator: ",") + "}}"
        let payload = try WireSchema.predictions(row + "\n" + row, .ndjson, schema)
        #expect(payload.batch.numeric.map { $0[1] } == (0..<2000).map(Double.init))
    }

    @Test(arguments: [
        "__proto__", "constructor", "\"; DROP TABLE x; --", "a\"\u{301}", String(repeating: "x", count: 64), "score",
        "features.x",
    ])
    func `feature names are any text`(name: String) throws {
        let schema = try WireSchema.schema(
            .binary, features: [FeatureDeclaration(name: ByteText(name), kind: .numeric)])
        var writer = JSONWriter()
        writer.object { row in row.object("features") { $0.member(name, 5) } }
        #expect(try WireSchema.predictions(writer.text, .json, schema).batch.numeric == [[5]])
        // By scalars: a quote with a combining mark is not the character that a quote is.
        let doubled = name.unicodeScalars.map { $0 == "\"" ? "\"\"" : String($0) }.joined()
        let header = "\"features.\(doubled)\""
        #expect(try WireSchema.predictions("\(header)\n5\n", .csv, schema).batch.numeric == [[5]])
    }

    @Test func `a new category in every row is stored`() throws {
        let body = "job\n" + (0..<10_000).map { "c\($0)" }.joined(separator: "\n")
        let payload = try WireSchema.predictions(body, .csv)
        #expect(payload.batch.categorical[0].values.count == 10_000)
        #expect(payload.batch.categorical[0][9_999] == "c9999")
    }

    @Test(arguments: (0..<60).map { UInt64($0) })
    func `no bytes make a trap`(block: UInt64) throws {
        let schema = try WireSchema.schema(.binary, classes: ["0", "1"], positiveClass: "1")
        let pieces =
            [
                "prediction_id", "timestamp", "features", "score", "scores", "age", "job", "{", "}", "[", "]", ",", ":",
                "\"", "\\u0000", "\\ud83d",
                "1e309", "-0", "2025-01-01T00:00:00Z", "\n", "\r\n", "\r", "null", "true", "1", "0.5", "\u{feff}", "é",
                "\0", "\\", " ",
            ].map { Array($0.utf8) } + [[0xFF], [0xC3], [0xED, 0xA0, 0x80]]
        var state = block &* 0x9E37_79B9_7F4A_7C15 | 1
        func draw(_ bound: Int) -> Int {
            state ^= state << 13
            state ^= state >> 7
            state ^= state << 17
            return Int(state % UInt64(bound))
        }
        let valid: [[UInt8]] = [
            Array("prediction_id,timestamp,age,job,score\na,2025-01-01T00:00:00Z,1,\"x\"\"y\",0.5\r\nb,,,,\n".utf8),
            Array(
                #"[{"prediction_id":"a","timestamp":"2025-01-01T00:00:00Z","features":{"age":1,"job":"x"},"score":0.5,"scores":{"1":0.5}}]"#
                    .utf8),
            Array("{\"prediction_id\":\"a\",\"features\":{\"age\":1}}\n{\"score\":1}\n".utf8),
        ]
        for _ in 0..<200 {
            var body = draw(3) == 0 ? [] : valid[draw(valid.count)]
            for _ in 0..<(1 + draw(6)) { body.insert(contentsOf: pieces[draw(pieces.count)], at: draw(body.count + 1)) }
            if draw(4) == 0 { body.removeLast(draw(body.count)) }
            for encoding in WireEncoding.allCases {
                do throws(WireError) {
                    let payload = try PredictionPayload(body, encoding: encoding, schema: schema, now: WireSchema.now)
                    #expect(payload.batch.count + payload.rejections.count == payload.total)
                    #expect(payload.batch.numeric.allSatisfy { $0.count == payload.batch.count })
                    #expect(payload.batch.categorical.allSatisfy { $0.codes.count == payload.batch.count })
                    #expect(payload.dataRows.count == payload.batch.count)
                } catch { #expect(!error.description.isEmpty) }
                do throws(WireError) {
                    let labels = try LabelPayload(body, encoding: encoding, schema: schema, now: WireSchema.now)
                    #expect(labels.batch.count + labels.rejections.count == labels.total)
                } catch { #expect(!error.description.isEmpty) }
            }
        }
    }
}

import Monitoring
import Statistics
import Testing

@testable import App

struct WireEmbeddingTests {
    private static func schema() throws -> ModelSchema {
        try WireSchema.schema(
            .unlabelled,
            features: [
                FeatureDeclaration(name: "x", kind: .numeric),
                FeatureDeclaration(name: "v", kind: .embedding, dimension: 3),
                FeatureDeclaration(name: "t", kind: .text),
            ])
    }

    private static func row(_ value: String, of feature: String = "v") throws -> PredictionPayload {
        try WireSchema.predictions(#"{"prediction_id":"a","features":{"\#(feature)":\#(value)}}"#, .json, schema())
    }

    @Test(
        arguments: [
            ("[1,2,3]", [1, 2, 3]), ("[0.5,-0.0,1e-46]", [0.5, 0, 0]),
            ("[1,2.5e3,9007199254740993]", [1, 2500, 0x1p53]),
            ("[3.4028234e38,0,0]", [3.4028234e38, 0, 0]),
        ] as [(String, [Float])])
    func `an array of numbers is a vector of 32-bit floats`(json: String, vector: [Float]) throws {
        let payload = try Self.row(json)
        #expect(payload.batch.embeddings[0][0] == vector)
        #expect(payload.batch.embeddings[0][0]?.allSatisfy { $0.bitPattern != 0x8000_0000 } == true)
        #expect(payload.warningCount == 0)
    }

    @Test(arguments: [
        "[1,2]", "[1,2,3,4]", "[]", "[[1,2,3]]", "[1,[2],3]", "[1,2,null]", #"[1,2,"3"]"#, #"[1,2,"NaN"]"#,
        "[1,2,true]",
        "[1,2,1e39]", "[1,2,1e999]", "1", #""[1,2,3]""#, "{}", "true", "{\"0\":1,\"1\":2,\"2\":3}",
    ])
    func `anything else is a type error and stored as null`(json: String) throws {
        let payload = try Self.row(json)
        #expect(payload.batch.count == 1)
        #expect(payload.batch.embeddings[0][0] == nil)
        #expect(payload.batch.embeddings[0].places == [-1])
        // The columns are x, t, then the embedding.
        #expect(payload.batch.typeErrors == [[], [], [0]])
        #expect(payload.warnings.map(\.pointer) == ["/features/v"])
    }

    @Test func `null and absence are null without a type error`() throws {
        let payload = try Self.row("null")
        #expect(payload.batch.embeddings[0].places == [-1])
        #expect(payload.batch.typeErrors == [[], [], []])
        #expect(try Self.row("1", of: "x").batch.embeddings[0].places == [-1])
    }

    @Test func `a huge array costs no more than its bytes and is one type error`() throws {
        let huge = "[" + String(repeating: "1,", count: 500_000) + "1]"
        let payload = try Self.row(huge)
        #expect(payload.batch.typeErrors == [[], [], [0]])
        #expect(payload.warningCount == 1)
    }

    @Test func `a rejected row leaves no vector behind`() throws {
        let payload = try WireSchema.predictions(
            """
            [{"prediction_id":"a","features":{"v":[1,2,3]}},{"prediction_id":"b","features":{"v":[4,5,6]},"score":"x"},
             {"prediction_id":"c","features":{"v":[7,8,9]}}]
            """, .json, Self.schema())
        #expect(payload.rejections.count == 1)
        #expect((0..<2).map { payload.batch.embeddings[0][$0] } == [[1, 2, 3], [7, 8, 9]])
    }

    @Test(arguments: [
        ("1", true), ("true", true), ("[\"a\"]", true), ("{}", true), ("\"\"", false), ("\"12\"", false),
    ])
    func `a text is a string and nothing else`(json: String, isError: Bool) throws {
        let payload = try Self.row(json, of: "t")
        #expect(payload.batch.typeErrors == [[], isError ? [0] : [], []])
        #expect((payload.batch.categorical[0][0] == nil) == isError)
    }

    @Test(
        arguments: [
            ("\"[1, 2,3]\"", [1, 2, 3]), ("1 2 3", [1, 2, 3]), ("1;2;3", [1, 2, 3]), ("1; 2 ;3", [1, 2, 3]),
            (" 1e0  2.5\t-3 ", [1, 2.5, -3]), ("\"[ 1 , 2 , 3 ]\"", [1, 2, 3]), ("\"[1 2 3]\"", nil),
            ("\"1,2,3\"", nil),
            ("1 2", nil), ("1 2 3 4", nil), ("[]", nil), ("[", nil), ("\"[1,2,3\"", nil), ("1;;2;3", nil),
            ("1;2;3;", nil),
            ("\"[1,2,3,]\"", nil), ("\"[,1,2,3]\"", nil), ("nan 1 2", nil), ("inf 1 2", nil), ("1 2 1e39", nil),
            ("1 2 1e999", nil), ("0x1 2 3", nil), ("\"[[1,2,3]]\"", nil), ("a", nil), ("   ", nil),
            ("\"[1,2,3] 4\"", nil),
        ] as [(String, [Float]?)])
    func `a field of CSV is an array or numbers with spaces or semicolons`(field: String, vector: [Float]?) throws {
        let payload = try WireSchema.predictions("prediction_id,v\na,\(field)\n", .csv, Self.schema())
        #expect(payload.batch.embeddings[0][0] == vector)
        #expect(payload.batch.typeErrors[2] == (vector == nil ? [0] : []))
    }

    @Test(arguments: [
        (#"{"prediction_id":"a","features":{"x":1,"e":[1,2]}}"#, WireEncoding.json, ["x"]),
        (#"{"prediction_id":"a","features":{"x":1,"e":[]}}"#, .ndjson, ["x"]),
    ])
    func `an array is never taken for an embedding by itself`(
        body: String, encoding: WireEncoding, names: [String]
    ) throws {
        let features = try PredictionPayload.inferredFeatures(Array(body.utf8), encoding: encoding)
        #expect(features.map(\.name.string) == names)
        #expect(features.allSatisfy { $0.kind == .numeric })
    }

    @Test func `what differs in one number of a vector is other content`() throws {
        func bytes(_ json: String) throws -> [UInt8] {
            var bytes: [UInt8] = []
            let payload = try WireSchema.predictions(
                #"{"prediction_id":"a","timestamp":"2026-01-01T00:00:00Z","features":{"v":\#(json)}}"#, .json,
                Self.schema())
            payload.batch.contentBytes(row: 0, into: &bytes)
            return bytes
        }
        #expect(try bytes("[1,2,3]") == bytes("[1.0,2e0,3]"))
        #expect(try bytes("[1,2,0]") == bytes("[1,2,-0.0]"))
        #expect(try bytes("[1,2,3]") != bytes("[1,2,4]"))
        #expect(try bytes("null") != bytes("[1,2]"))
        #expect(try bytes("[1,2]") != bytes("[0,0,0]"))
    }
}

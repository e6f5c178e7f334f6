import Monitoring
import Statistics
import Testing

@testable import App

struct WireWeightTests {
    @Test(arguments: [
        ("1", 1.0 as Double?), ("3", 3), ("0.5", 0.5), ("1000000", 1_000_000), ("0.0004884", 1.0 / 1024), ("null", 1),
        ("1.00001", 1), ("0", nil), ("-1", nil), ("0.0004", nil), ("1000000.1", nil), ("1e309", nil), ("\"2\"", nil),
        ("true", nil), ("[2]", nil), ("1e-320", nil),
    ])
    func `a weight is above 0 and at most a million, in steps of 1/1024`(text: String, weight: Double?) throws {
        let payload = try WireSchema.predictions(#"{"weight":\#(text)}"#)
        #expect(payload.rejections.map(\.pointer) == (weight == nil ? ["/weight"] : []))
        if let weight { #expect(payload.batch.weight(row: 0).value == weight) }
    }

    @Test func `weights of 1 cost nothing`() throws {
        let batch = try WireSchema.predictions(#"[{"weight":1},{},{"weight":null}]"#).batch
        #expect(batch.weights.isEmpty)
        let mixed = try WireSchema.predictions(#"[{},{"weight":2},{"weight":0},{}]"#).batch
        #expect(mixed.weights.map(\.value) == [1, 2, 1])
    }

    @Test func `a column is a feature unless the request says that it is the weight`() throws {
        let csv = "prediction_id,w,age\na,2.5,30\nb,,31\nc,-1,32\n"
        let plain = try WireSchema.predictions(csv, .csv)
        #expect(plain.batch.weights.isEmpty)
        #expect(plain.warningCount == 2)
        let weighted = try Self.payload(csv, weightColumn: "w")
        #expect(weighted.batch.weights.map(\.value) == [2.5, 1])
        #expect(weighted.warningCount == 0)
        #expect(weighted.rejections.map(\.index) == [2])
        #expect(weighted.rejections.map(\.pointer) == ["/weight"])
    }

    @Test func `a weight column is no feature of a model that learns its features`() throws {
        let bytes = Array("prediction_id,w,age\na,2.5,30\n".utf8)
        #expect(try PredictionPayload.inferredFeatures(bytes, encoding: .csv).map(\.name) == ["w", "age"])
        let names = try PredictionPayload.inferredFeatures(bytes, encoding: .csv, weightColumn: "w").map(\.name)
        #expect(names == ["age"])
    }

    @Test func `a weight column that is not there refuses the body`() throws {
        #expect(throws: WireError.self) { try Self.payload("prediction_id,age\na,30\n", weightColumn: "w") }
    }

    @Test(arguments: [1, 1 << 20])
    func `the rows of a reference have weights and class scores`(chunk: Int) throws {
        let schema = try WireSchema.schema(.multiclass, classes: ["a", "b", "c"])
        let body = #"""
            {"prediction":"b","actual":"a","scores":{"a":0.2,"b":0.7,"c":0.1},"weight":4}
            {"prediction":"c","actual":"c"}
            """#
        var payload = try ReferencePayload(encoding: .ndjson, schema: schema)
        let bytes = Array(body.utf8)
        for start in stride(from: 0, to: bytes.count, by: chunk) {
            try payload.append(Array(bytes[start..<min(start + chunk, bytes.count)]))
        }
        let rows = try payload.finish()
        #expect(rows.weights.map(\.value) == [4, 1])
        #expect(rows.rankings.map { $0?.rank(of: "a") } == [2, nil])
        #expect(rows.scores[0] == 0.7)
        #expect(rows.scores[1].isNaN)
    }

    @Test func `class scores rank the declared classes by score, then by bytes`() throws {
        let schema = try WireSchema.schema(.multiclass, classes: ["1", "2", "3"])
        let body = #"[{"scores":{"1.0":0.25,"2":0.5,"3":0.25,"x":0.9}},{"prediction":"3","scores":{"3":0.4}},{}]"#
        let payload = try WireSchema.predictions(body, .json, schema)
        #expect(payload.rejections.isEmpty)
        #expect(payload.warnings.map(\.pointer) == ["/scores/x"])
        let ranking = try #require(payload.batch.ranking(row: 0))
        #expect(ranking.entries.map(\.name) == ["2", "1", "3"])
        #expect(payload.batch.scores[0].isNaN)
        #expect(payload.batch.scores[1] == 0.4)
        #expect(payload.batch.ranking(row: 2) == nil)
        #expect(payload.batch.classScores[0] == #"{"1":0.25,"2":0.5,"3":0.25,"x":0.9}"#)
    }

    @Test func `class scores read back from the log rank alike`() throws {
        let schema = try WireSchema.schema(.multiclass, classes: ["1", "2", "3"])
        let payload = try WireSchema.predictions(#"{"scores":{"1.0":0.25,"2":0.5,"x":0.9}}"#, .json, schema)
        #expect(ClassRanking(scores: payload.batch.classScores[0], schema) == payload.batch.ranking(row: 0))
        #expect(ClassRanking(scores: "[", schema) == nil)
    }

    private static func payload(_ body: String, weightColumn: ByteText) throws -> PredictionPayload {
        try PredictionPayload(
            Array(body.utf8), encoding: .csv, schema: WireSchema.schema(.binary), now: WireSchema.now,
            weightColumn: weightColumn)
    }
}

import Monitoring
import Statistics
import Testing

@testable import App

struct WireLabelTests {
    @Test(arguments: [
        (WireEncoding.json, #"{"prediction_id":"a","actual":"1","timestamp":"2025-01-01T00:00:00Z"}"#),
        (.json, #"[{"prediction_id":"a","actual":1,"timestamp":"2025-01-01T00:00:00Z"}]"#),
        (.json, #"{"labels":[{"prediction_id":"a","actual":1.0,"label_timestamp":"2025-01-01T00:00:00Z"}]}"#),
        (.ndjson, #"{"prediction_id":"a","actual":"1.0","timestamp":"2025-01-01T00:00:00Z"}"# + "\n"),
        (.csv, "prediction_id,label_timestamp,actual\na,2025-01-01T00:00:00Z,1\n"),
        (.csv, "actual,timestamp,prediction_id\r\n1.0,2025-01-01T00:00:00Z,a"),
    ])
    func `a label means the same in every encoding`(encoding: WireEncoding, body: String) throws {
        let payload = try WireSchema.labels(body, encoding)
        #expect(payload.rejections.isEmpty)
        #expect(payload.total == 1)
        #expect(payload.dataRows == [0])
        #expect(payload.batch.ids == ["a"])
        #expect(payload.batch.classes == ["1"])
        #expect(payload.batch.numbers.isEmpty)
        #expect(payload.batch.times.map { $0?.microseconds } == [1_735_689_600_000_000])
    }

    @Test func `without a time there is none`() throws {
        #expect(try WireSchema.labels(#"{"prediction_id":"a","actual":"1","timestamp":null}"#).batch.times == [nil])
        #expect(try WireSchema.labels("prediction_id,timestamp,actual\na,,1\n", .csv).batch.times == [nil])
    }

    @Test(arguments: [
        (#"{"actual":"1"}"#, "/prediction_id"), (#"{"prediction_id":null,"actual":"1"}"#, "/prediction_id"),
        (#"{"prediction_id":"","actual":"1"}"#, "/prediction_id"),
        (#"{"prediction_id":5,"actual":"1"}"#, "/prediction_id"), (#"{"prediction_id":"a"}"#, "/actual"),
        (#"{"prediction_id":"a","actual":null}"#, "/actual"),
        (#"{"prediction_id":"a","actual":""}"#, "/actual"), (#"{"prediction_id":"a","actual":[]}"#, "/actual"),
        (#"{"prediction_id":"a","actual":"x\u0000"}"#, "/actual"),
        (#"{"prediction_id":"a","actual":"1","timestamp":5}"#, "/timestamp"),
        (#"{"prediction_id":"a","actual":"1","timestamp":"now"}"#, "/timestamp"),
        (#"{"prediction_id":"a","actual":"1","timestamp":"2026-01-01T01:00:00Z"}"#, "/timestamp"),
        (#"{"prediction_id":"a","actual":"1","why":1}"#, "/why"),
        (
            #"{"prediction_id":"a","actual":"1","timestamp":"2025-01-01T00:00:00Z","label_timestamp":"2025-01-01T00:00:00Z"}"#,
            "/label_timestamp"
        ),
        ("[]", ""), ("5", ""),
    ])
    func `a bad label is rejected and says where`(row: String, pointer: String) throws {
        let payload = try WireSchema.labels("[\(row)]")
        #expect(payload.rejections.map(\.pointer) == [pointer])
        #expect(payload.batch.count == 0)
    }

    @Test(arguments: [
        "prediction_id,timestamp\na,\n", "actual\n1\n", "prediction_id,actual,extra\na,1,2\n",
        "prediction_id,actual,timestamp,label_timestamp\na,1,,\n",
    ])
    func `a header of other columns is refused`(body: String) {
        let error = #expect(throws: WireError.self) { try WireSchema.labels(body, .csv) }
        guard case .notCSV(line: 1, _) = error else {
            Issue.record("not refused in the first line: \(String(describing: error))")
            return
        }
    }

    @Test func `a class that is not declared is rejected`() throws {
        let schema = try WireSchema.schema(.multiclass, classes: ["cat", "dog"])
        let payload = try WireSchema.labels("prediction_id,actual\na,cat\nb,cow\nc,dog\n", .csv, schema)
        #expect(payload.batch.classes == ["cat", "dog"])
        #expect(payload.rejections.map(\.index) == [1])
        #expect(payload.dataRows == [0, 2])
    }

    @Test func `a regression is labelled with numbers`() throws {
        let schema = try WireSchema.schema(.regression)
        let json = try WireSchema.labels(
            #"[{"prediction_id":"a","actual":1.5},{"prediction_id":"b","actual":"1.5"},{"prediction_id":"c","actual":1e309}]"#,
            .json, schema)
        #expect(json.batch.numbers == [1.5])
        #expect(json.batch.classes.isEmpty)
        #expect(json.rejections.map(\.index) == [1, 2])
        let csv = try WireSchema.labels("prediction_id,actual\na,1.5\nb,nan\nc,\n", .csv, schema)
        #expect(csv.batch.numbers == [1.5])
        #expect(csv.rejections.map(\.index) == [1, 2])
    }

    @Test func `a model without task has no labels`() throws {
        let schema = try WireSchema.schema(.unlabelled)
        #expect(
            try WireSchema.labels(#"{"prediction_id":"a","actual":"1"}"#, .json, schema).rejections.map(\.pointer) == [
                "/actual"
            ])
        #expect(
            try WireSchema.labels("prediction_id,actual\na,1\n", .csv, schema).rejections.map(\.pointer) == ["/actual"])
    }
}

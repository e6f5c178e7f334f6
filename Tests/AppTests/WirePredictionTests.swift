import JSON
import Monitoring
import Statistics
import Testing

@testable import App

struct WirePredictionTests {
    private static let row =
        #"{"prediction_id":"a-17","timestamp":"2026-01-01T00:00:00Z","model_version":"3","features":{"age":42,"job":"clerk","income":1.5},"prediction":"1","score":0.83,"scores":{"1":0.83,"0":0.17}}"#

    @Test(arguments: [
        (WireEncoding.json, row), (.json, "[\(row)]"), (.json, "{\"predictions\": [\(row)]}"), (.ndjson, row),
        (.ndjson, row + "\r\n\r\n"),
        (.ndjson, "\n\n  \n" + row + "\n"),
    ])
    func `the same row means the same in every JSON encoding`(encoding: WireEncoding, body: String) throws {
        let payload = try WireSchema.predictions(body, encoding)
        #expect(payload.total == 1)
        #expect(payload.rejections.isEmpty)
        #expect(payload.warnings.isEmpty)
        #expect(payload.dataRows == [0])
        #expect(payload.rowsWithoutID.isEmpty)
        let batch = payload.batch
        #expect(batch.ids == ["a-17"])
        #expect(batch.versions == ["3"])
        #expect(batch.times == [Time(microseconds: 1_767_225_600_000_000)])
        #expect(batch.timeIsArrival.isEmpty)
        #expect(batch.numeric == [[42], [1.5]])
        #expect(batch.categorical[0][0] == "clerk")
        #expect(batch.predictedClass(row: 0) == "1")
        #expect(batch.scores == [0.83])
        #expect(batch.classScores == [#"{"0":0.17,"1":0.83}"#])
        #expect(batch.extras.isEmpty)
    }

    @Test func `CSV means the same as JSON`() throws {
        let csv = """
            prediction_id,timestamp,model_version,features.age,job,income,prediction,score
            a-17,2026-01-01T00:00:00Z,3,42,clerk,1.5,1,0.83

            """
        let payload = try WireSchema.predictions(csv, .csv)
        let json = try WireSchema.predictions(Self.row.replacing(#","scores":{"1":0.83,"0":0.17}"#, with: ""))
        var (first, second): ([UInt8], [UInt8]) = ([], [])
        payload.batch.contentBytes(row: 0, into: &first)
        json.batch.contentBytes(row: 0, into: &second)
        #expect(first == second)
        #expect(payload.batch.ids == json.batch.ids)
        #expect(payload.batch.versions == json.batch.versions)
        #expect(payload.rejections.isEmpty)
        #expect(payload.warnings.isEmpty)
    }

    @Test func `an empty CSV field is null and NA is text`() throws {
        let payload = try WireSchema.predictions("prediction_id,age,job,income,score\n,,NA,None,\n", .csv)
        #expect(payload.rejections.isEmpty)
        #expect(payload.rowsWithoutID == [0])
        #expect(payload.batch.numeric[0][0].isNaN)
        #expect(payload.batch.categorical[0][0] == "NA")
        #expect(payload.batch.numeric[1][0].isNaN)
        #expect(payload.batch.typeErrors == [[], [0], []])
        #expect(payload.batch.scores[0].isNaN)
        #expect(payload.warnings.map(\.pointer) == ["/features/income"])
    }

    @Test(arguments: [(WireEncoding.json, "[{},{}]"), (.ndjson, "{}\n{}"), (.csv, "age\n1\n2\n")])
    func `a row without id and time gets both`(encoding: WireEncoding, body: String) throws {
        let payload = try WireSchema.predictions(body, encoding)
        #expect(payload.batch.count == 2)
        #expect(payload.rowsWithoutID == [0, 1])
        #expect(payload.batch.times == [WireSchema.now, WireSchema.now])
        #expect(payload.batch.timeIsArrival == [true, true])
        #expect(payload.batch.versions == ["", ""])
    }

    @Test func `null is as good as absent`() throws {
        let body =
            #"{"prediction_id":null,"timestamp":null,"model_version":null,"features":null,"prediction":null,"score":null,"scores":null}"#
        let payload = try WireSchema.predictions(body)
        #expect(payload.rejections.isEmpty)
        #expect(payload.batch.predictedClass(row: 0) == nil)
        #expect(payload.batch.scores[0].isNaN)
    }

    @Test func `a rejected row leaves no trace and the others keep their places`() throws {
        let body = #"""
            [{"prediction_id":"a","features":{"age":1,"job":"x","new":1}},
             {"prediction_id":"b","features":{"age":"bad","job":"y","new":2},"score":"no"},
             {"prediction_id":"c","features":{"age":3,"job":"x"}}]
            """#
        let payload = try WireSchema.predictions(body)
        #expect(payload.total == 3)
        #expect(payload.batch.ids == ["a", "c"])
        #expect(payload.dataRows == [0, 2])
        #expect(payload.batch.numeric[0] == [1, 3])
        #expect(payload.batch.categorical[0].codes == [0, 0])
        #expect(payload.batch.typeErrors == [[], [], []])
        #expect(payload.rejections.map(\.index) == [1])
        #expect(payload.rejections.map(\.pointer) == ["/score"])
        #expect(payload.warnings.map(\.index) == [0])
        #expect(payload.batch.extras == [#"{"new":1}"#, nil])
    }

    @Test(arguments: [
        (#""x""#, [0] as [Int32]), ("true", [0]), ("[1]", [0]), ("{}", [0]), ("1e309", [0]), ("-1e999", [0]),
        ("null", []), ("7", []), ("1e-400", []),
    ])
    func `a numeric feature takes numbers alone`(value: String, errors: [Int32]) throws {
        let payload = try WireSchema.predictions(#"{"features":{"income":\#(value)}}"#)
        #expect(payload.rejections.isEmpty)
        #expect(payload.batch.typeErrors[1] == errors)
        #expect(payload.batch.numeric[1][0].isNaN == (value != "7" && value != "1e-400"))
        #expect(payload.warningCount == errors.count)
    }

    @Test(arguments: [
        (#""x""#, "x" as ByteText?), ("1", "1"), ("1.0", "1"), ("1.5", "1.5"), ("true", "true"), ("false", "false"),
        ("null", nil), ("[]", nil),
        ("{}", nil), (#""""#, ""), ("9007199254740993", "9007199254740993"), (#""1.0""#, "1.0"),
    ])
    func `a categorical feature takes scalars by their shortest text`(value: String, expected: ByteText?) throws {
        let payload = try WireSchema.predictions(#"{"features":{"job":\#(value)}}"#)
        #expect(payload.rejections.isEmpty)
        #expect(payload.batch.categorical[0][0] == expected)
        #expect(payload.batch.typeErrors[2].isEmpty == (value != "[]" && value != "{}"))
    }

    @Test func `out of range is stored with a warning`() throws {
        let payload = try WireSchema.predictions(
            #"[{"features":{"age":-1}},{"features":{"age":120}},{"features":{"age":121}}]"#)
        #expect(payload.batch.numeric[0] == [-1, 120, 121])
        #expect(payload.warnings.map(\.index) == [0, 2])
        #expect(payload.warnings.map(\.pointer) == ["/features/age", "/features/age"])
    }

    @Test func `undeclared features are kept as they were, by name`() throws {
        let body = #"{"features":{"z/a~":[1.0,{"q":"é"}],"b":"x","c":null,"a":1e309}}"#
        let payload = try WireSchema.predictions(body)
        #expect(payload.batch.extras == [#"{"a":null,"b":"x","z/a~":[1,{"q":"é"}]}"#])
        #expect(Set(payload.warnings.map(\.pointer)) == ["/features/z~1a~0", "/features/b", "/features/a"])
        let csv = try WireSchema.predictions("age,actual,b\n1,2,\"x\"\"y\"\n", .csv)
        #expect(csv.batch.extras == [#"{"actual":"2","b":"x\"y"}"#])
    }

    @Test func `warnings are all counted and a hundred kept`() throws {
        let rows = (0..<150).map { _ in #"{"features":{"new":1}}"# }.joined(separator: "\n")
        let payload = try WireSchema.predictions(rows, .ndjson)
        #expect(payload.warningCount == 150)
        #expect(payload.warnings.count == 100)
        #expect(payload.batch.extras.count == 150)
    }

    @Test(arguments: [
        ("\"1\"", "1" as ByteText?), ("1", "1"), ("1.0", "1"), ("\"1.0\"", "1"), ("0", "0"), ("2", nil), ("true", nil),
        ("\"\"", nil), ("[]", nil),
        ("1e309", nil),
    ])
    func `numeric classes compare as numbers and others are refused`(value: String, expected: ByteText?) throws {
        let schema = try WireSchema.schema(.binary, classes: ["0", "1"], positiveClass: "1")
        let payload = try WireSchema.predictions(#"{"prediction":\#(value)}"#, .json, schema)
        if let expected {
            #expect(payload.batch.predictedClass(row: 0) == expected)
        } else {
            #expect(payload.rejections.map(\.pointer) == ["/prediction"])
        }
    }

    @Test func `classes in CSV follow the same rule`() throws {
        let schema = try WireSchema.schema(.multiclass, classes: ["1", "2.5", "3"])
        let payload = try WireSchema.predictions("prediction\n1.0\n2.50\n3\n4\n01\n", .csv, schema)
        #expect(
            payload.batch.classPredictions.codes.map { payload.batch.classPredictions.values[Int($0)] } == [
                "1", "2.5", "3",
            ])
        #expect(payload.rejections.map(\.index) == [3, 4])
    }

    @Test func `classes that are not all numbers compare by bytes`() throws {
        let schema = try WireSchema.schema(.multiclass, classes: ["caf\u{e9}", "1", "tea"])
        let payload = try WireSchema.predictions(
            #"[{"prediction":"caf\u00e9"},{"prediction":"cafe\u0301"},{"prediction":"1.0"},{"prediction":1.0}]"#, .json,
            schema)
        #expect(payload.batch.predictedClass(row: 0) == "caf\u{e9}")
        #expect(payload.batch.predictedClass(row: 1) == "1")
        #expect(payload.rejections.map(\.index) == [1, 2])
    }

    @Test(arguments: [
        ("12.5", true), ("-0", true), ("\"12.5\"", false), ("true", false), ("1e309", false),
        ("9007199254740993", false), ("{}", false),
    ])
    func `a regression predicts numbers`(value: String, isTaken: Bool) throws {
        let payload = try WireSchema.predictions(#"{"prediction":\#(value)}"#, .json, WireSchema.schema(.regression))
        #expect(payload.rejections.map(\.pointer) == (isTaken ? [] : ["/prediction"]))
        #expect(payload.batch.numberPredictions.count == (isTaken ? 1 : 0))
    }

    @Test(arguments: [
        ("0.5", true), ("1.2", true), ("-3", true), ("\"0.5\"", false), ("true", false), ("1e309", false),
        ("[]", false), ("9007199254740993", false),
    ])
    func `a score is any finite number`(value: String, isTaken: Bool) throws {
        let payload = try WireSchema.predictions(#"{"score":\#(value)}"#)
        #expect(payload.rejections.map(\.pointer) == (isTaken ? [] : ["/score"]))
    }

    @Test(arguments: [
        (#"{"0":0.2,"1":0.8}"#, nil as String?), (#"{"0":1.2}"#, nil), (#"{"1":-0.1}"#, nil),
        (#"{"1":"0.5"}"#, "/scores/1"), (#"{"9":"x"}"#, "/scores/9"),
        (#"{"9":0.5}"#, nil), ("[0.2,0.8]", "/scores"), ("0.5", "/scores"),
        (#"{"1":0.5,"1.0":0.5}"#, "/scores/1.0"), (#"{"1":null}"#, "/scores/1"),
        (#"{"1":1e309}"#, "/scores/1"),
    ])
    func `scores are a number for each class`(value: String, pointer: String?) throws {
        let schema = try WireSchema.schema(.binary, classes: ["0", "1"], positiveClass: "1")
        let payload = try WireSchema.predictions(#"{"scores":\#(value)}"#, .json, schema)
        #expect(payload.rejections.map(\.pointer) == (pointer.map { [$0] } ?? []))
    }

    @Test func `the score of the positive class stands in for a missing score`() throws {
        let schema = try WireSchema.schema(.binary, classes: ["no", "yes"], positiveClass: "yes")
        let body = #"[{"scores":{"no":0.3,"yes":0.7}},{"score":0.1,"scores":{"yes":0.7}},{"scores":{"no":0.3}}]"#
        let scores = try WireSchema.predictions(body, .json, schema).batch.scores
        #expect(scores[0] == 0.7)
        #expect(scores[1] == 0.1)
        #expect(scores[2].isNaN)
    }

    @Test func `a model without task keeps numbers and texts`() throws {
        let payload = try WireSchema.predictions(
            #"[{"prediction":1.5},{"prediction":"x"}]"#, .json, WireSchema.schema(.unlabelled))
        #expect(payload.batch.numberPredictions[0] == 1.5)
        #expect(payload.batch.predictedClass(row: 1) == "x")
    }

    @Test func `versions are shared and kept apart`() throws {
        let payload = try WireSchema.predictions("model_version,age\n1,1\n,2\n2,3\n1,4\n", .csv)
        #expect(payload.batch.versions == ["1", "", "2", "1"])
    }

    @Test(arguments: [9_999, 10_000, 10_001], WireEncoding.allCases)
    func `ten thousand rows are the most`(count: Int, encoding: WireEncoding) throws {
        let rows = Array(repeating: encoding == .csv ? "1" : "{}", count: count)
        let body: String
        switch encoding {
        case .json: body = "[" + rows.joined(separator: ",") + "]"
        case .ndjson: body = rows.joined(separator: "\n")
        case .csv: body = "age\n" + rows.joined(separator: "\n")
        }
        if count <= 10_000 {
            #expect(try WireSchema.predictions(body, encoding).batch.count == count)
        } else {
            #expect(throws: WireError.tooManyRows(limit: 10_000)) { try WireSchema.predictions(body, encoding) }
        }
    }

    @Test func `minus zero is zero and a big integer is rounded with a warning`() throws {
        let payload = try WireSchema.predictions("age,income\n-0,9007199254740993\n", .csv)
        #expect(payload.batch.numeric[0][0].sign == .plus)
        #expect(payload.batch.numeric[1][0] == 9_007_199_254_740_992)
        #expect(payload.warnings.map(\.pointer) == ["/features/income"])
        let json = try WireSchema.predictions(#"{"features":{"age":-0.0,"income":9007199254740993}}"#)
        #expect(json.batch.numeric[0][0].sign == .plus)
        #expect(json.warnings.map(\.pointer) == ["/features/income"])
    }
}

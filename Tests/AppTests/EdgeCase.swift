import Testing

/// Awkward rows for a model with a numeric feature `x` (0 to 10), a categorical one `c`, and scored classes or numbers.
struct EdgeCase: Sendable, CustomTestStringConvertible {
    /// What a client sends, and what is answered.
    struct Upload: Sendable {
        let body: String
        var type = "text/csv"
        var status = 200
        var accepted: Int64?
        var warnings: Int?
    }

    let testDescription: String
    var task = "binary"
    /// The rows of the reference as CSV, nil for none.
    var reference: String? = EdgeCase.ordinary
    let upload: Upload
    /// Which class or number turns out true in each row, as CSV.
    var labels: String?

    private static let header = "prediction_id,timestamp,x,c,prediction,score\n"

    static let ordinary =
        "x,c,prediction,score,actual\n"
        + (0..<200).map {
            "\(Double($0 % 23) / 4),\("abc".dropFirst($0 % 3).prefix(1)),\($0 % 2),0.\($0 % 9),\($0 % 5 % 2)"
        }
        .joined(separator: "\n")

    /// Rows in one hour, ten seconds apart.
    private static func csv(_ rows: [String]) -> String {
        header
            + rows.enumerated().map { index, row in
                let (minute, second) = (index / 6 % 60, index % 6 * 10)
                let time = "\(minute < 10 ? "0" : "")\(minute):\(second == 0 ? "00" : "\(second)")"
                return "p\(index),2026-02-01T05:\(time)Z,\(row)"
            }.joined(separator: "\n")
    }

    private static func numbers(_ texts: [String]) -> Upload {
        Upload(body: csv(texts.map { "\($0),a,1,0.5" }))
    }

    private static func labels(_ count: Int, _ actual: (Int) -> String) -> String {
        "prediction_id,actual\n" + (0..<count).map { "p\($0),\(actual($0))" }.joined(separator: "\n")
    }

    static let all: [EdgeCase] = numeric + categorical + outputs + references

    private static let numeric: [EdgeCase] = [
        EdgeCase(testDescription: "a constant", upload: numbers(Array(repeating: "3", count: 50))),
        EdgeCase(testDescription: "nothing but nulls", upload: numbers(Array(repeating: "", count: 50))),
        EdgeCase(testDescription: "one row", upload: numbers(["2.5"]), labels: labels(1) { _ in "1" }),
        EdgeCase(testDescription: "ties", upload: numbers((0..<60).map { "\($0 % 2)" })),
        EdgeCase(
            testDescription: "words for infinities and no number",
            upload: Upload(
                body: csv(["inf", "-Infinity", "1e999", "-1e999", "NaN", "nan", "NA"].map { "\($0),a,1,0.5" }),
                accepted: 7, warnings: 7)),
        EdgeCase(testDescription: "zeros of both signs", upload: numbers(["-0", "0", "-0.0", "0e9"])),
        EdgeCase(
            testDescription: "huge and subnormal numbers",
            upload: numbers(["1e308", "-1e308", "5e-324", "-5e-324", "1.7976931348623157e308", "2.2e-308"])),
        EdgeCase(
            testDescription: "one huge number among others", upload: numbers(["1e300"] + (0..<50).map { "\($0)" })),
        EdgeCase(testDescription: "everything out of range", upload: numbers((0..<40).map { "\(-1 - $0)" })),
        EdgeCase(
            testDescription: "numbers of JSON beyond doubles",
            upload: Upload(
                body:
                    #"{"prediction_id": "p0", "timestamp": "2026-02-01T05:00:00Z", "features": {"x": 1e400, "c": "a"}}"#,
                type: "application/json", accepted: 1, warnings: 1)),
        EdgeCase(
            testDescription: "values of the wrong type",
            upload: Upload(
                body:
                    #"{"prediction_id": "p0", "timestamp": "2026-02-01T05:00:00Z", "features": {"x": {"y": 1}, "c": [1]}}"#,
                type: "application/json", accepted: 1, warnings: 2)),
    ]

    private static let categorical: [EdgeCase] = [
        EdgeCase(
            testDescription: "10,000 categories",
            upload: Upload(body: csv((0..<10_000).map { "1,category \($0),1,0.5" }), accepted: 10_000)),
        EdgeCase(
            testDescription: "categories that differ in Unicode form alone",
            upload: Upload(body: csv((0..<40).map { "1,\($0 % 2 == 0 ? "\u{E9}" : "e\u{301}"),1,0.5" }))),
        EdgeCase(
            testDescription: "classes that differ in Unicode form alone", task: "multiclass",
            reference: ordinary.replacing("1,0.", with: "\u{E9},0."),
            upload: Upload(body: csv((0..<40).map { "1,a,\($0 % 2 == 0 ? "\u{E9}" : "e\u{301}"),0.5" })),
            labels: labels(40) { $0 % 3 == 0 ? "\u{E9}" : "e\u{301}" }),
        EdgeCase(testDescription: "no category", upload: Upload(body: csv((0..<30).map { "\($0),,1,0.5" }))),
    ]

    private static let outputs: [EdgeCase] = [
        EdgeCase(
            testDescription: "one class", upload: numbers((0..<40).map { "\($0 % 7)" }), labels: labels(40) { _ in "0" }
        ),
        EdgeCase(
            testDescription: "one class of many", task: "multiclass", upload: numbers((0..<40).map { "\($0 % 7)" }),
            labels: labels(40) { _ in "1" }),
        EdgeCase(
            testDescription: "scores that are no probabilities",
            upload: Upload(body: csv((0..<40).map { "1,a,1,\($0 % 2 == 0 ? "-3.5" : "1e300")" })),
            labels: labels(40) { "\($0 % 2)" }),
        EdgeCase(
            testDescription: "no outputs", upload: Upload(body: csv((0..<40).map { "\($0 % 9),b,," })),
            labels: labels(40) { "\($0 % 2)" }),
        EdgeCase(
            testDescription: "a regression of huge numbers", task: "regression",
            upload: Upload(body: csv((0..<40).map { "1,a,\($0 % 2 == 0 ? "1e308" : "-1e308"),0.5" })),
            labels: labels(40) { $0 % 3 == 0 ? "-1e308" : "5e-324" }),
        EdgeCase(
            testDescription: "a regression without an error", task: "regression",
            upload: Upload(body: csv((0..<40).map { _ in "1,a,7,0.5" })), labels: labels(40) { _ in "7" }),
        EdgeCase(
            testDescription: "nothing to predict", task: "none",
            upload: Upload(body: csv((0..<40).map { "\($0),b,,0.1" }))),
    ]

    private static let references: [EdgeCase] = [
        EdgeCase(testDescription: "no reference", reference: nil, upload: numbers((0..<40).map { "\($0)" })),
        EdgeCase(
            testDescription: "a reference of one row", reference: "x,c\n1,a\n",
            upload: numbers((0..<40).map { "\($0)" })),
        EdgeCase(
            testDescription: "a reference of nulls alone",
            reference: "x,c\n" + Array(repeating: ",", count: 9).joined(separator: "\n"),
            upload: numbers((0..<40).map { "\($0)" })),
        EdgeCase(
            testDescription: "a reference without a column", reference: "c\na\nb\na\n",
            upload: numbers((0..<40).map { "\($0)" })),
        EdgeCase(
            testDescription: "a reference of one value",
            reference: "x,c\n" + Array(repeating: "3,a", count: 99).joined(separator: "\n"),
            upload: numbers((0..<40).map { "\($0)" })),
        EdgeCase(
            testDescription: "a reference of huge numbers", reference: "x,c\n1e308,a\n-1e308,b\n5e-324,a\n1.7e308,a\n",
            upload: numbers(["1e308", "-1.7e308", "1", "-0"])),
    ]
}

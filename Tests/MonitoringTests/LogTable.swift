import Monitoring
import Statistics

/// A CSV of the real logs as the columns of a batch, and what turned out true.
struct LogTable {
    private(set) var batch = PredictionBatch()
    private(set) var actuals: [Outcome] = []

    init(_ table: (names: [String], rows: [[Substring]]), schema: ModelSchema) {
        var columns: [String: [Substring]] = [:]
        for (place, name) in table.names.enumerated() { columns[name] = table.rows.map { $0[place] } }
        let count = table.rows.count
        func column(_ name: String) -> [Substring] { columns[name] ?? Array(repeating: "", count: count) }
        func numbers(_ name: String) -> [Double] { column(name).map { Double($0) ?? .nan } }
        func texts(_ name: String) -> [ByteText?] { column(name).map { $0.isEmpty ? nil : ByteText(String($0)) } }
        batch.ids = column("prediction_id").map { ByteText(String($0)) }
        batch.versions = Array(repeating: "", count: count)
        let times = columns["timestamp"] ?? column("label_timestamp")
        batch.times = times.map { Time(rfc3339: $0) ?? .epoch }
        batch.numeric = schema.numericFeatures.map { numbers($0.name.string) }
        batch.categorical = schema.categoricalFeatures.map { CategoricalColumn(texts($0.name.string)) }
        batch.scores = numbers("score")
        if schema.task.isClassification {
            batch.classPredictions = CategoricalColumn(texts("prediction"))
            actuals = texts("actual").map { $0.map(Outcome.category) ?? .none }
        } else {
            batch.numberPredictions = numbers("prediction")
            actuals = numbers("actual").map { $0.isNaN ? .none : .number($0) }
        }
    }
}

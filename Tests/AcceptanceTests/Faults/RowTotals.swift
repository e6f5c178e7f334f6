/// What has been counted of rows, either as sent or as the service tells it.
struct RowTotals: Sendable, Equatable {
    /// Predictions.
    var rows = 0
    /// Labels.
    var labels = 0
    /// The sum of feature `x`.
    var x = 0
    /// Labels that are as predicted.
    var hits = 0

    init() {}

    /// What the service's series say of the day.
    init(readFrom client: ServiceClient) async throws {
        func series(_ measure: String, _ query: [String: String] = [:]) async throws -> Series {
            try await client.series(RowSender.model, measure, "1h", RowSender.day.merging(query) { $1 })
        }
        let (rows, labels) = (try await series("predictions"), try await series("labels"))
        let (mean, accuracy) = (try await series("mean", ["feature": "x"]), try await series("accuracy"))
        func total(_ ratios: Series, _ counts: Series) -> Int {
            let sum = zip(ratios.values, counts.values).reduce(0.0) { $0 + ($1.0 ?? 0) * ($1.1 ?? 0) }
            return Int(sum.rounded())
        }
        self.rows = Int(rows.sum)
        self.labels = Int(labels.sum)
        x = total(mean, rows)
        hits = total(accuracy, labels)
    }

    static func += (left: inout Self, right: Self) {
        left.rows += right.rows
        left.labels += right.labels
        left.x += right.x
        left.hits += right.hits
    }
}

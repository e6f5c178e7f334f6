import Monitoring
import Store

/// Pages through a stretch of logged rows by time, so that no connection is held while a slow client reads.
struct ExportPages {
    let store: Store
    let model: Model
    let from: Time
    let to: Time
    private var place: LogReader.Place?
    private var isDone = false

    private static let size = 2000

    init(store: Store, model: Model, from: Time, to: Time) {
        self.store = store
        self.model = model
        self.from = from
        self.to = to
    }

    /// The next rows with the labels that count for them; nil at the end.
    mutating func next() async throws -> (batch: PredictionBatch, labels: [IdentityRecord.Label?])? {
        guard !isDone else { return nil }
        let (rows, end) = try await LogReader(store: store).page(
            of: model.id, schema: model.schema, from: from, to: to, after: place, most: Self.size)
        isDone = rows.batch.count < Self.size
        place = end
        guard rows.batch.count > 0 else { return nil }
        return (rows.batch, try await store.labels(model: model.id, ids: rows.batch.ids))
    }
}

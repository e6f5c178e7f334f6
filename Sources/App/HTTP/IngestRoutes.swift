import HTTPTypes
import Hummingbird
import Monitoring
import Statistics
import Store

/// Predictions and labels on their way into the log.
struct IngestRoutes {
    let models: ModelCatalog
    let gate: LogGate
    let store: Store
    let counters: Counters
    let settings: Settings
    let now: @Sendable () -> Time

    func add(to router: Router<APIContext>) {
        router.post("v1/models/:model/predictions") { request, context in try await predictions(request, context) }
        router.post("v1/models/:model/labels") { request, context in try await labels(request, context) }
    }

    private func predictions(_ request: Request, _ context: APIContext) async throws -> Response {
        var model = try await context.model(in: models)
        let encoding = try request.wireEncoding
        let weightColumn = try request.weightColumn(encoding)
        let bytes = try await request.decodedBody(limit: settings.maximumBodyBytes)
        let arrival = now()
        let key = try IdempotencyKey(request, body: bytes)
        if let known = try await key?.earlierAnswer(model: model.id, in: store, at: arrival) { return known.response }
        if !model.schema.featuresFixed {
            let features = try Problem.unreadable { () throws(WireError) in
                try PredictionPayload.inferredFeatures(bytes, encoding: encoding, weightColumn: weightColumn)
            }
            // A body without any feature decides nothing.
            if !features.isEmpty {
                model = try await models.fix(model, features: features, at: arrival, gate: gate)
            }
        }
        let schema = model.schema
        let payload = try Problem.unreadable { () throws(WireError) in
            try PredictionPayload(
                bytes, encoding: encoding, schema: schema, features: model.features, now: arrival, futureSkew: skew,
                weightColumn: weightColumn)
        }
        var batch = payload.batch
        try BodyShare.current?.take(batch.columnBytes, outOf: bytes.count)
        let made = Self.makeIDs(for: &batch, rows: payload.rowsWithoutID)
        var receipt = Receipt(rejections: payload.rejections, warnings: payload.warnings)
        if payload.rowsWithoutID.count > 0 { receipt.predictionIDs = made }
        let segments = try await model.windows.admitSlices(of: batch)
        receipt.late = model.windows.lateCount(of: batch)
        let submission = LogSubmission(
            model: model.id, rows: .predictions(batch), arrivedAt: arrival,
            mark: key?.mark(receipt, dataRows: payload.dataRows)
        ) {
            segments.indices.contains($0) ? segments[$0] : []
        }
        return try await answer(
            submission, receipt, dataRows: payload.dataRows, bytes: bytes.count, key: key, counted: .rowsAccepted)
    }

    /// Has a submission committed; what is sent is what is kept for a repeat.
    private func answer(
        _ submission: LogSubmission, _ receipt: Receipt, dataRows: [Int], bytes: Int, key: IdempotencyKey?,
        counted: Counters.Name
    ) async throws -> Response {
        // Without rows there is nothing to commit but what a repeat is to be answered.
        guard submission.count > 0 || key != nil else { return count(receipt).answer.response }
        let result = try await gate.queue.submit(submission, bytes: bytes)
        if result.isRepeat, let key {
            guard let known = try await key.earlierAnswer(model: submission.model, in: store, at: now()) else {
                throw Problem.unavailable("the answer to this key has just expired; send the request again")
            }
            return known.response
        }
        counters.add(result.fresh.count, to: counted)
        return count(receipt.taking(result, dataRows: dataRows)).answer.response
    }

    private func labels(_ request: Request, _ context: APIContext) async throws -> Response {
        let model = try await context.model(in: models)
        guard model.schema.task != .unlabelled else {
            throw Problem.conflict(
                "a model of task none takes no labels; its task is binary, multiclass or regression then")
        }
        let encoding = try request.wireEncoding
        let bytes = try await request.decodedBody(limit: settings.maximumBodyBytes)
        let arrival = now()
        let key = try IdempotencyKey(request, body: bytes)
        if let known = try await key?.earlierAnswer(model: model.id, in: store, at: arrival) { return known.response }
        let payload = try Problem.unreadable { () throws(WireError) in
            try LabelPayload(bytes, encoding: encoding, schema: model.schema, now: arrival, futureSkew: skew)
        }
        let receipt = Receipt(rejections: payload.rejections, corrections: 0, pending: 0)
        var batch = payload.batch
        let known = model.windows.defaultLabelTime(arrival: arrival)
        batch.times = batch.times.map { $0 ?? known }
        let submission = LogSubmission(
            model: model.id, rows: .labels(batch), arrivedAt: arrival,
            mark: key?.mark(receipt, dataRows: payload.dataRows))
        return try await answer(
            submission, receipt, dataRows: payload.dataRows, bytes: bytes.count, key: key, counted: .labelsAccepted)
    }

    private var skew: PrometheusDuration {
        PrometheusDuration(microseconds: Int64(settings.maximumFutureSkew) * 1_000_000)
    }

    private func count(_ receipt: Receipt) -> Receipt {
        counters.add(receipt.duplicates, to: .rowsDuplicate)
        counters.add(receipt.rejections.count, to: .rowsRejected)
        return receipt
    }

    /// Makes ids for rows that came without one.
    private static func makeIDs(for batch: inout PredictionBatch, rows: [Int]) -> [String] {
        rows.map { row in
            let id =
                "p_" + String(UInt64.random(in: .min ... .max), radix: 36)
                + String(UInt64.random(in: .min ... .max), radix: 36)
            batch.ids[row] = ByteText(id)
            return id
        }
    }
}

extension Request {
    /// How the rows of the body are encoded.
    var wireEncoding: WireEncoding {
        get throws {
            do throws(WireError) {
                return try WireEncoding(contentType: headers[.contentType])
            } catch {
                throw Problem.unsupportedMediaType("\(error)")
            }
        }
    }
}

extension Request {
    /// The column of a CSV body that `?weight=` names; nil where rows have no weights or, in JSON, a member for them.
    func weightColumn(_ encoding: WireEncoding) throws(Problem) -> ByteText? {
        guard let name = parameter("weight") else { return nil }
        guard encoding == .csv else {
            throw .invalid([("?weight", "names a column of a CSV body; in JSON a row has a member `weight`")])
        }
        guard !FeatureName.reserved.contains(ByteText(name)), !name.utf8.elementsEqual("actual".utf8) else {
            throw .invalid([("?weight", "names a column that means something else; give the column of the weights")])
        }
        return ByteText(name)
    }
}

extension Problem {
    /// Runs a reader of rows and turns what it throws into a problem.
    static func unreadable<Value: ~Copyable>(_ body: () throws(WireError) -> Value) throws(Problem) -> Value {
        do throws(WireError) {
            return try body()
        } catch {
            switch error {
            case .unsupportedMediaType: throw .unsupportedMediaType("\(error)")
            case .tooManyRows: throw .tooLarge("\(error)")
            case .features(let refusal): throw .invalid(refusal.mistakes.map { ($0.pointer, $0.detail) })
            case .notJSON, .notCSV, .notRows: throw .unreadable("\(error)")
            }
        }
    }
}

extension Receipt {
    /// With what became of the rows that could be read.
    func taking(_ result: LogResult, dataRows: [Int]) -> Receipt {
        var receipt = self
        receipt.accepted += result.fresh.count
        receipt.duplicates += result.duplicates
        receipt.rejections += result.rejections.map {
            RowRejection(index: dataRows[$0.index], pointer: $0.pointer, detail: $0.detail)
        }
        if corrections != nil { receipt.corrections = result.corrections }
        if pending != nil { receipt.pending = result.pending }
        return receipt
    }
}

extension PredictionBatch {
    /// About how many bytes its columns take: short rows of a wide model are much longer there than they were sent.
    fileprivate var columnBytes: Int {
        count * 8 * (numeric.count { !$0.isEmpty } + categorical.count)
    }
}

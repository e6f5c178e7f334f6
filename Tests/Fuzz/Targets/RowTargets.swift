import App
import Monitoring
import Statistics

/// Readers of rows: what clients send all day.
enum RowTargets {
    private static let now = Time(microseconds: 1_767_225_600_000_000)

    /// The first byte chooses among tasks and encodings, the rest is the body.
    static func predictions(_ bytes: [UInt8]) {
        guard let (schema, encoding, body) = request(bytes) else { return }
        let payload = Result { () throws(WireError) in
            try PredictionPayload(body, encoding: encoding, schema: schema, now: now)
        }
        if case .success(let payload) = payload { check(payload) }
        _ = Result { () throws(WireError) in try PredictionPayload.inferredFeatures(body, encoding: encoding) }
    }

    static func labels(_ bytes: [UInt8]) {
        guard let (schema, encoding, body) = request(bytes) else { return }
        let payload = Result { () throws(WireError) in
            try LabelPayload(body, encoding: encoding, schema: schema, now: now)
        }
        guard case .success(let payload) = payload else { return }
        precondition(
            payload.batch.count + payload.rejections.count == payload.total, "every label is stored or rejected")
    }

    /// Rows of a reference in pieces: any splitting reads the same rows.
    static func reference(_ bytes: [UInt8]) {
        guard let (schema, encoding, body) = request(bytes), encoding != .json else { return }
        let whole = rows(body, encoding, schema, piece: max(1, body.count))
        let pieces = rows(body, encoding, schema, piece: 7)
        precondition(whole == pieces, "the same rows, in whatever pieces they come")
    }

    static func times(_ bytes: [UInt8]) {
        let text = String(decoding: bytes, as: UTF8.self)
        if let time = Time(rfc3339: text) {
            precondition(Time(rfc3339: time.rfc3339) == time, "what is written reads as the same time")
        }
        if let duration = PrometheusDuration(text) {
            precondition(PrometheusDuration(duration.text) == duration, "what is written reads as the same duration")
        }
    }

    private static func rows(_ body: [UInt8], _ encoding: WireEncoding, _ schema: ModelSchema, piece: Int) -> Int? {
        do throws(WireError) {
            var payload = try ReferencePayload(encoding: encoding, schema: schema)
            var place = 0
            while place < body.count {
                try payload.append(Array(body[place..<min(body.count, place + piece)]))
                place += piece
            }
            return try payload.finish().total
        } catch {
            return nil
        }
    }

    private static func check(_ payload: PredictionPayload) {
        precondition(
            payload.batch.count + payload.rejections.count == payload.total, "every row is stored or rejected")
        var content: [UInt8] = []
        for row in 0..<payload.batch.count { payload.batch.contentBytes(row: row, into: &content) }
    }

    private static func request(_ bytes: [UInt8]) -> (ModelSchema, WireEncoding, [UInt8])? {
        guard let choice = bytes.first else { return nil }
        let encoding = WireEncoding.allCases[Int(choice & 0x7F) % 3]
        guard let schema = Self.schemas[Int(choice) / 3 % Self.schemas.count] else { return nil }
        return (schema, encoding, Array(bytes.dropFirst()))
    }

    private static let schemas: [ModelSchema?] = [ModelSchema.Task.binary, .multiclass, .regression, .unlabelled]
        .flatMap { [schema($0, fixed: true), schema($0, fixed: false)] }

    private static func schema(_ task: ModelSchema.Task, fixed: Bool) -> ModelSchema? {
        var change = ModelSchemaChange()
        change.task = task
        if task == .multiclass { change.classes = ["a", "b", "c"] }
        if fixed {
            change.features = [
                FeatureDeclaration(name: "age", kind: .numeric, min: 0, max: 120),
                FeatureDeclaration(name: "job", kind: .categorical),
                FeatureDeclaration(name: "v", kind: .embedding, dimension: 3),
            ]
        }
        let made = Result { () throws(SchemaRefusal) in try ModelSchema.creating(from: change) }
        guard case .success(let schema) = made else { return nil }
        return schema
    }
}

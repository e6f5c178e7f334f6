import Monitoring
import Statistics

/// A random log of a small model, and the ways to fold it.
struct RandomLog {
    /// One prediction.
    struct Row {
        let id: ByteText
        let version: ByteText
        let time: Time
        let amount: Double
        let country: ByteText?
        let device: ByteText?
        let score: Double
        let prediction: ByteText?
        let hasExtras: Bool
        let hasTypeError: Bool
    }

    /// What happens to the model, in some order.
    enum Event {
        case prediction(Row)
        case label(ByteText, IdentityRecord.Label)
    }

    let schema: ModelSchema
    let reference: Reference
    var events: [Event] = []

    init(seed: UInt64, rows: Int = 60, versions: [ByteText] = ["", "1", "2"]) throws {
        var random = SeededRandom(seed)
        schema = try Self.schema()
        reference = Reference.freezing(Self.referenceRows(&random), schema: schema)
        for number in 0..<rows {
            events.append(.prediction(Self.row(number, versions, &random)))
            for _ in 0..<Int.random(in: 0...3, using: &random) {
                let time = Time(microseconds: Int64.random(in: 0...80, using: &random) * 900_000_000)
                let actual: ByteText = ["0", "1", "2"].randomElement(using: &random) ?? "0"
                events.append(
                    .label(ByteText("id\(number)"), IdentityRecord.Label(time: time, actual: .category(actual))))
            }
        }
    }

    static func schema() throws -> ModelSchema {
        var change = ModelSchemaChange()
        change.task = .binary
        change.features = [
            FeatureDeclaration(name: "amount", kind: .numeric, min: -1, max: 2),
            FeatureDeclaration(name: "country", kind: .categorical),
            FeatureDeclaration(name: "device", kind: .categorical),
        ]
        change.segments = [["country"], ["country", "device"]]
        change.windows = [
            WindowSpec(length: .hours(4), step: .hours(1)), WindowSpec(length: .hours(12), step: .hours(2)),
        ]
        return try ModelSchema.creating(from: change)
    }

    private static func row(_ number: Int, _ versions: [ByteText], _ random: inout SeededRandom) -> Row {
        let hasTypeError = Int.random(in: 0..<8, using: &random) == 0
        let isNull = hasTypeError || Int.random(in: 0..<8, using: &random) == 0
        return Row(
            id: ByteText("id\(number)"), version: versions.randomElement(using: &random) ?? "",
            time: Time(microseconds: Int64.random(in: 0..<(20 * 3600), using: &random) * 1_000_000),
            amount: isNull ? .nan : value(&random),
            country: ["DE", "FR", "XX", nil].randomElement(using: &random) ?? nil,
            device: ["ios", "web", nil].randomElement(using: &random) ?? nil,
            score: Int.random(in: 0..<10, using: &random) == 0
                ? .nan : Double(Int.random(in: 0...20, using: &random)) / 20,
            prediction: Bool.random(using: &random) ? (Bool.random(using: &random) ? "1" : "0") : nil,
            hasExtras: Int.random(in: 0..<6, using: &random) == 0, hasTypeError: hasTypeError)
    }

    private static func value(_ random: inout SeededRandom) -> Double {
        switch Int.random(in: 0..<12, using: &random) {
        case 0: 1e300
        case 1: -7.25
        case 2: Double(Int.random(in: 0...3, using: &random)) / 4
        default: Double.random(in: 0..<1, using: &random)
        }
    }

    private static func referenceRows(_ random: inout SeededRandom) -> ReferenceRows {
        var rows = ReferenceRows()
        rows.count = 50
        rows.numeric["amount"] = (0..<50).map { $0 % 9 == 0 ? .nan : Double.random(in: 0..<1, using: &random) }
        rows.categorical["country"] = CategoricalColumn((0..<50).map { ["DE", "FR"][$0 % 2] })
        rows.categorical["device"] = CategoricalColumn((0..<50).map { $0 % 7 == 0 ? nil : "web" })
        rows.scores = (0..<50).map { Double($0) / 50 }
        rows.classPredictions = CategoricalColumn((0..<50).map { $0 > 25 ? "1" : "0" })
        rows.actualClasses = CategoricalColumn((0..<50).map { $0 % 3 == 0 ? nil : ($0 > 20 ? "1" : "0") })
        return rows
    }

    /// Rows as the columns of a batch.
    static func batch(_ rows: [Row]) -> PredictionBatch {
        var batch = PredictionBatch()
        batch.ids = rows.map(\.id)
        batch.versions = rows.map(\.version)
        batch.times = rows.map(\.time)
        batch.numeric = [rows.map(\.amount)]
        batch.categorical = [CategoricalColumn(rows.map(\.country)), CategoricalColumn(rows.map(\.device))]
        batch.scores = rows.map(\.score)
        batch.classPredictions = CategoricalColumn(rows.map(\.prediction))
        batch.extras = rows.map { $0.hasExtras ? "{}" : nil }
        let errors = rows.indices.filter { rows[$0].hasTypeError }.map { Int32($0) }
        batch.typeErrors = [errors, [], []]
        return batch
    }

    /// Folds events in the order given, in groups of these sizes, over and over.
    func folded(
        _ events: [Event], sizes: [Int], watermark: Time? = nil,
        weight: @escaping (Row) -> RowWeight = { _ in .one }
    ) -> PaneSet {
        var folding = LogFolding(schema: schema, reference: reference, weight: weight)
        var rest = events[...]
        var turn = 0
        while !rest.isEmpty {
            let size = max(1, sizes[turn % sizes.count])
            folding.take(Array(rest.prefix(size)), watermark: watermark)
            rest = rest.dropFirst(size)
            turn += 1
        }
        return folding.panes
    }
}

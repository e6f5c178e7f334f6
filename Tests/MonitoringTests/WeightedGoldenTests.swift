import Foundation
import Monitoring
import Statistics
import Testing

/// Windows and references of weighted rows beside NumPy and SciPy; see `Golden/make_weighted.py`.
struct WeightedGoldenTests {
    private struct Golden: Decodable {
        let cases: [Case]
    }

    private struct Case: Decodable {
        let name: String
        let reference: Side
        let window: Side
        let numeric: Numeric
        let categorical: [String: Double?]
    }

    private struct Side: Decodable {
        let x: [Double?]
        let c: [Int]
        let weight: [Double]

        var rows: ReferenceRows {
            var rows = ReferenceRows()
            rows.count = x.count
            rows.numeric["x"] = x.map { $0 ?? .nan }
            rows.categorical["c"] = CategoricalColumn(c.map { ByteText("k\($0)") })
            rows.weights = weight.compactMap { RowWeight($0) }
            return rows
        }
    }

    /// The numbers of a numeric column by the names of measures, and those that are lists.
    private struct Numeric: Decodable {
        let effective: [Double]
        let quantiles: [Double]
        let values: [String: Double]

        init(from decoder: any Decoder) throws {
            let members = try decoder.container(keyedBy: Key.self)
            effective = try members.decode([Double].self, forKey: Key("effective"))
            quantiles = try members.decode([Double].self, forKey: Key("quantiles"))
            let rest = members.allKeys.filter { !["effective", "quantiles"].contains($0.stringValue) }
            values = try Dictionary(
                uniqueKeysWithValues: rest.map { ($0.stringValue, try members.decode(Double.self, forKey: $0)) })
        }

        private struct Key: CodingKey {
            let stringValue: String
            let intValue: Int? = nil
            init(_ text: String) { stringValue = text }
            init?(stringValue: String) { self.init(stringValue) }
            init?(intValue: Int) { nil }
        }
    }

    private static func golden() throws -> [Case] {
        try JSONDecoder().decode(Golden.self, from: Data(PackageResources.weighted_json)).cases
    }

    private static func summary(_ one: Case) throws -> WindowSummary {
        var change = ModelSchemaChange()
        change.task = .unlabelled
        change.features = [
            FeatureDeclaration(name: "x", kind: .numeric), FeatureDeclaration(name: "c", kind: .categorical),
        ]
        let schema = try ModelSchema.creating(from: change)
        let reference = Reference.freezing(one.reference.rows, schema: schema)
        #expect(one.window.rows.weights.count == one.window.x.count)
        return DerivedFixture.summary(one.window.rows, schema, reference)
    }

    private static func expect(
        _ values: [String: Double?], of column: ColumnName, in summary: WindowSummary, _ name: String
    ) throws {
        for (key, truth) in values {
            let measure = try #require(Measure(rawValue: key))
            let value = summary.value(of: measure, column: column)
            guard let truth else {
                #expect(value == nil, "\(name) \(key)")
                continue
            }
            let found = try #require(value, "\(name) \(key)")
            // Distances along the axis say how far they may be off between cut points; sums are of rounded values.
            let bound = summary.drift(measure, column: column)?.errorBound ?? 0
            let slack = measure.isProbability ? 1e-8 * truth : 1e-9 * max(truth.magnitude, 1e-3)
            #expect((found - truth).magnitude <= slack + bound, "\(name) \(key) \(found) for \(truth)")
        }
    }

    @Test(arguments: 0..<5) func `weighted numbers have the values of NumPy and SciPy`(index: Int) throws {
        let one = try Self.golden()[index]
        let (summary, column) = (try Self.summary(one), ColumnName.feature("x"))
        #expect(one.numeric.values.count == 16)
        try Self.expect(one.numeric.values, of: column, in: summary, one.name)
        let sizes = try #require(summary.sizes(of: column))
        for (found, truth) in zip([sizes.reference, sizes.window], one.numeric.effective) {
            #expect((found - truth).magnitude <= 1e-9 * truth)
        }
        let quantiles = try #require(summary.numericReading(column).quantiles(at: [0.25, 0.5, 0.9]))
        for (found, truth) in zip(quantiles, one.numeric.quantiles) {
            #expect((found.value - truth).magnitude <= found.errorBound + 1e-12, "\(one.name) \(found) for \(truth)")
        }
    }

    @Test(arguments: 0..<5) func `weighted categories have the values of NumPy and SciPy`(index: Int) throws {
        let one = try Self.golden()[index]
        #expect(one.categorical.count == 12)
        try Self.expect(one.categorical, of: .feature("c"), in: Self.summary(one), one.name)
    }
}

extension Measure {
    fileprivate var isProbability: Bool { rawValue.hasSuffix("p_value") }
}

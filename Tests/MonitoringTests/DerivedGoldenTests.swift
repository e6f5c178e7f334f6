import Foundation
import Monitoring
import Statistics
import Testing

/// Derived columns beside NumPy and scikit-learn; see `Golden/make_derived.py`.
struct DerivedGoldenTests {
    private typealias Object = [String: Any]

    private static func golden() throws -> Object {
        let data = Data(PackageResources.derived_json)
        return try #require(try JSONSerialization.jsonObject(with: data) as? Object)
    }

    private static func rows(_ object: Object, _ key: String) -> [[Double]] {
        (object[key] as? [[Any]] ?? []).map { $0.map { $0 as? Double ?? .nan } }
    }

    @Test(arguments: 0..<4) func `features together have the values of scikit-learn`(index: Int) throws {
        let cases = try #require(try Self.golden()["together"] as? [Object])
        let item = cases[index]
        let count = Self.rows(item, "reference")[0].count
        let range = (item["range"] as? [Double]).map { $0[0]...$0[1] }
        let schema = try DerivedFixture.schema(numeric: count, range: range)
        let reference = Reference.freezing(
            DerivedFixture.reference(Self.rows(item, "reference"), schema), schema: schema)
        let projection = try #require(reference.grids.projections.multivariate)
        #expect(projection.kept == item["kept"] as? Int)
        let shrinkage = try #require(item["shrinkage"] as? Double)
        #expect(abs(projection.shrinkage - shrinkage) < 1e-6)
        for (derivation, key) in [
            (Derivation.reconstructionError, "reconstruction_error"), (.mahalanobis, "mahalanobis"),
        ] {
            let expected = try #require(item[key] as? [Double])
            for (row, value) in zip(Self.rows(item, "window"), expected) {
                let found = try DerivedFixture.value(.multivariate(derivation), of: row, schema, reference)
                #expect(abs(found - value) <= 1e-5 * max(1, value), "\(key) \(found) for \(value)")
            }
        }
    }

    @Test func `an embedding has the values of NumPy`() throws {
        let item = try #require(try Self.golden()["embedding"] as? Object)
        let rows = Self.rows(item, "reference")
        let schema = try DerivedFixture.schema(dimension: rows[0].count)
        let reference = Reference.freezing(DerivedFixture.vectors(rows), schema: schema)
        for derivation in [Derivation.centroidDistance, .cosineDistance, .norm] {
            let expected = try #require(item[derivation.rawValue] as? [Any])
            for (row, value) in zip(Self.rows(item, "window"), expected) {
                let pane = Reference.counting(
                    DerivedFixture.vectors([row]), on: reference.grids, schema: schema, name: "w"
                ).pane
                let found = pane.numeric[.derived("v", derivation)]?.extremes.minimum
                guard let value = value as? Double else {
                    #expect(found == nil)
                    continue
                }
                #expect(abs((found ?? .infinity) - value) <= 1e-12 * max(1, value))
            }
        }
    }
}

import Monitoring
import Statistics
import Testing

struct DerivedColumnTests {
    /// About normal, from twelve uniform numbers.
    private static func normal(_ random: inout SeededRandom) -> Double {
        (0..<12).reduce(-6.0) { sum, _ in sum + Double.random(in: 0..<1, using: &random) }
    }

    private static func vectors(_ count: Int, dimension: Int, seed: UInt64, first: Double = 0) -> [[Double]?] {
        var random = SeededRandom(seed)
        return (0..<count).map { _ in
            (0..<dimension).map { index in normal(&random) * (index < 4 ? 10 : 1) + (index == 0 ? first : 0) }
        }
    }

    /// Pairs that go together with a correlation of about 0.99, or against each other.
    private static func pairs(_ count: Int, seed: UInt64, against: Bool = false) -> [[Double]] {
        var random = SeededRandom(seed)
        return (0..<count).map { _ in
            let first = normal(&random)
            return [first, (against ? -first : first) + 0.1 * normal(&random), normal(&random)]
        }
    }

    @Test func `a broken correlation shows together and in no feature by itself`() throws {
        let schema = try DerivedFixture.schema(numeric: 3)
        let reference = Reference.freezing(
            DerivedFixture.reference(Self.pairs(2000, seed: 1), schema), schema: schema)
        let same = DerivedFixture.summary(
            DerivedFixture.reference(Self.pairs(1000, seed: 2), schema), schema, reference)
        let broken = DerivedFixture.summary(
            DerivedFixture.reference(Self.pairs(1000, seed: 3, against: true), schema), schema, reference)
        for feature in schema.features {
            #expect(try #require(broken.value(of: .ksPValue, column: .feature(feature.name))) > 0.001)
        }
        for derivation in Derivation.ofRow {
            let column = ColumnName.multivariate(derivation)
            #expect(try #require(same.value(of: .ksPValue, column: column)) > 0.001)
            #expect(try #require(broken.value(of: .ksPValue, column: column)) < 1e-12)
        }
    }

    @Test func `a shifted and a rotated embedding are seen, an unchanged one is not`() throws {
        let schema = try DerivedFixture.schema(dimension: 24)
        let reference = Reference.freezing(
            DerivedFixture.vectors(Self.vectors(1500, dimension: 24, seed: 1)), schema: schema)
        func leastPValue(_ rows: [[Double]?]) throws -> Double {
            let summary = DerivedFixture.summary(DerivedFixture.vectors(rows), schema, reference)
            let values = Derivation.ofEmbedding.compactMap {
                summary.value(of: .ksPValue, column: .derived("v", $0))
            }
            #expect(values.count == Derivation.ofEmbedding.count)
            return try #require(values.min())
        }
        #expect(try leastPValue(Self.vectors(700, dimension: 24, seed: 2)) > 1e-4)
        #expect(try leastPValue(Self.vectors(700, dimension: 24, seed: 3, first: 40)) < 1e-8)
        // The axes trade places: every vector is as long as before and as far from the centre.
        let rotated = Self.vectors(700, dimension: 24, seed: 4).map { $0.map { Array($0.reversed()) } }
        #expect(try leastPValue(rotated) < 1e-8)
    }

    @Test(arguments: 0..<10) func `values depend neither on order nor on splitting`(seed: UInt64) throws {
        var random = SeededRandom(seed)
        var change = ModelSchemaChange()
        change.task = .unlabelled
        change.features = [
            FeatureDeclaration(name: "a", kind: .numeric), FeatureDeclaration(name: "b", kind: .numeric),
            FeatureDeclaration(name: "v", kind: .embedding, dimension: 5),
            FeatureDeclaration(name: "t", kind: .text),
        ]
        let schema = try ModelSchema.creating(from: change)
        func rows(_ order: [Int]) -> ReferenceRows {
            var rows = ReferenceRows()
            rows.count = order.count
            rows.numeric["a"] = order.map { $0 % 7 == 0 ? .nan : Double($0 * $0 % 31) / 3 }
            rows.numeric["b"] = order.map { $0 % 7 < 2 ? .nan : Double($0 * $0 % 29) + Double($0) / 7 }
            rows.texts["t"] = CategoricalColumn(order.map { $0 % 5 == 0 ? nil : ByteText("Wort \($0) é") })
            var vectors = EmbeddingColumn(dimension: 5)
            for row in order {
                vectors.append(row % 6 == 0 ? nil : (0..<5).map { Float(row * ($0 + 3) % 17) / 3 - 2 })
            }
            rows.embeddings["v"] = vectors
            return rows
        }
        let order = Array(0..<120)
        let whole = Reference.freezing(rows(order), schema: schema)
        let shuffled = order.shuffled(using: &random)
        #expect(Reference.freezing(rows(shuffled), schema: schema).encoded() == whole.encoded())
        let cut = Int.random(in: 1..<119, using: &random)
        var pane = Reference.counting(
            rows(Array(shuffled[cut...])), on: whole.grids, schema: schema, name: "w"
        ).pane
        pane.merge(
            Reference.counting(rows(Array(shuffled[..<cut])), on: whole.grids, schema: schema, name: "w").pane)
        #expect(pane.encoded() == whole.pane.encoded())
        #expect(pane.contradictions(timeless: true).isEmpty)
        let restored = try Reference(decoding: whole.encoded())
        #expect(restored.grids.projections == whole.grids.projections)
        #expect(
            Reference.counting(rows(order), on: restored.grids, schema: schema, name: "w").pane.encoded()
                == whole.pane.encoded())
    }

    @Test func `a value out of range counts as a null, in a reference and in a window`() throws {
        let schema = try DerivedFixture.schema(numeric: 3, range: -10...10)
        func panes(_ stray: Double) -> (reference: Reference, window: Pane) {
            let rows = Self.pairs(300, seed: 5).enumerated().map { place, row in
                place % 11 == 0 ? [stray, row[1], row[2]] : place == 13 ? [stray, .nan, stray] : row
            }
            let reference = Reference.freezing(DerivedFixture.reference(rows, schema), schema: schema)
            let window = DerivedFixture.reference(rows.reversed() + [[10, -10, stray]], schema)
            return (reference, Reference.counting(window, on: reference.grids, schema: schema, name: "w").pane)
        }
        let clean = panes(.nan)
        for stray in [1e300, -1e300, 10.000001, -999] {
            let (reference, window) = panes(stray)
            #expect(reference.grids.projections == clean.reference.grids.projections)
            for column in Derivation.ofRow.map(ColumnName.multivariate) {
                #expect(reference.pane.numeric[column] == clean.reference.pane.numeric[column])
                #expect(window.numeric[column] == clean.window.numeric[column])
                // The row that has nothing in range; what is out of range is counted in its own column.
                #expect(window.numeric[column]?.missing == 1)
            }
            #expect(window.numeric[.feature("n0")]?.outOfRange == 29)
        }
    }

    @Test func `references that were kept without ranges take every value`() throws {
        let rows = Self.pairs(80, seed: 6)
        let (plain, ranged) = (
            try DerivedFixture.schema(numeric: 3), try DerivedFixture.schema(numeric: 3, range: -10...10)
        )
        let old = Reference.freezing(DerivedFixture.reference(rows, plain), schema: plain)
        let new = Reference.freezing(DerivedFixture.reference(rows, ranged), schema: ranged)
        var (first, second) = (SummaryWriter(), SummaryWriter())
        old.grids.projections.write(to: &first)
        new.grids.projections.write(to: &second)
        // The bytes of former versions, and behind them two bounds for each feature.
        #expect(second.bytes.count == first.bytes.count + 3 * 16)
        var (reader, other) = (SummaryReader(first.bytes), SummaryReader(second.bytes))
        #expect(try Projections(from: &reader) == old.grids.projections)
        #expect(try Projections(from: &other) == new.grids.projections)
        let stray = [1e300, 1, 1]
        let value = try DerivedFixture.value(.multivariate(.mahalanobis), of: stray, ranged, old)
        #expect(value > 1e5)
        #expect(try DerivedFixture.value(.multivariate(.mahalanobis), of: stray, ranged, new) < 100)
    }

    @Test func `features that do not vary or that determine each other leave finite distances`() throws {
        let schema = try DerivedFixture.schema(numeric: 4)
        let rows: [[Double]] = (0..<50).map { row in
            let value = Double(row)
            return [value, 2 * value, 7, Double(row * row % 13)]
        }
        let reference = Reference.freezing(DerivedFixture.reference(rows, schema), schema: schema)
        let projection = try #require(reference.grids.projections.multivariate)
        #expect(projection.features == ["n0", "n1", "n3"])
        for row in [[1e308, -1e308, 0, 1e308], [0, 98, 1, 0], [Double.leastNonzeroMagnitude, 0, 0, .nan]] {
            for derivation in Derivation.ofRow {
                let value = try DerivedFixture.value(.multivariate(derivation), of: row, schema, reference)
                #expect(value.isFinite && value >= 0)
            }
        }
        let none = DerivedFixture.reference([[.nan, .nan, 3, .nan]], schema)
        let pane = Reference.counting(none, on: reference.grids, schema: schema, name: "w").pane
        #expect(pane.numeric[.multivariate(.mahalanobis)]?.missing == 1)
    }

    @Test func `without a reference only norms and texts have values`() throws {
        let schema = try DerivedFixture.schema(numeric: 2, dimension: 3, text: true)
        var rows = DerivedFixture.vectors([[3, 4, 0], nil, [0, 0, 0]])
        rows.texts["t"] = CategoricalColumn(["Ein Satz\u{A0}über 12 ÄPFEL", nil, ""])
        let pane = Reference.counting(rows, on: ColumnGrids(), schema: schema, name: "w").pane
        let norm = try #require(pane.numeric[.derived("v", .norm)])
        #expect((norm.count, norm.missing, norm.extremes.maximum) == (2, 1, 5))
        #expect(pane.numeric[.derived("v", .centroidDistance)] == nil)
        #expect(pane.numeric[.multivariate(.mahalanobis)] == nil)
        func greatest(_ derivation: Derivation) -> Double? {
            pane.numeric[.derived("t", derivation)]?.extremes.maximum
        }
        #expect(greatest(.length) == 22)
        #expect(greatest(.words) == 5)
        #expect(greatest(.digitRatio) == 2.0 / 22)
        #expect(greatest(.uppercaseRatio) == 7.0 / 22)
        #expect(greatest(.nonASCIIRatio) == 3.0 / 22)
        #expect(pane.numeric[.derived("t", .digitRatio)]?.missing == 2)
        #expect(pane.contradictions(timeless: true).isEmpty)
    }

    @Test(
        arguments: [
            ("derived.v.norm", ColumnName.derived("v", .norm)), ("derived.a.b.length", .derived("a.b", .length)),
            ("derived.v.mahalanobis", .feature("derived.v.mahalanobis")), ("derived..norm", .feature("derived..norm")),
            ("multivariate.mahalanobis", .multivariate(.mahalanobis)),
            ("multivariate.norm", .feature("multivariate.norm")), ("petal.length", .feature("petal.length")),
            ("features.derived.v.norm", .feature("derived.v.norm")),
            ("features.multivariate.mahalanobis", .feature("multivariate.mahalanobis")),
        ])
    func `an address names one column and is read back`(address: String, column: ColumnName) {
        #expect(ColumnName(address: address) == column)
        #expect(column.address == address)
    }

    @Test func `references of broken bytes are refused`() throws {
        let schema = try DerivedFixture.schema(numeric: 3, dimension: 3)
        var rows = DerivedFixture.reference(Self.pairs(60, seed: 9), schema)
        rows.embeddings = DerivedFixture.vectors((0..<60).map { [Double($0), 1, 2] }).embeddings
        var writer = SummaryWriter()
        Reference.freezing(rows, schema: schema).grids.projections.write(to: &writer)
        var random = SeededRandom(5)
        var refused = 0
        for _ in 0..<3000 {
            var bytes = writer.bytes
            for _ in 0..<Int.random(in: 1...3, using: &random) {
                bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
            }
            var reader = SummaryReader(bytes)
            do { _ = try Projections(from: &reader) } catch { refused += 1 }
        }
        #expect(refused > 300)
    }
}

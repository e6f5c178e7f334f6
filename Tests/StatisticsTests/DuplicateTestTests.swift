import Statistics
import Testing

/// The test of repeated rows: how often it tells what is not there, and what it finds.
struct DuplicateTestTests {
    /// Where contents of rows come from.
    enum Contents: String, CaseIterable, CustomTestStringConvertible {
        /// No two rows alike, but for chance in a million.
        case nearlyDistinct
        /// Forty contents.
        case coarse
        /// As many contents as half of the reference has rows.
        case comparable
        /// A few contents often, many rarely.
        case heavyTailed
        /// One content in a tenth of the rows, and no two others alike.
        case oneFrequent

        var testDescription: String { rawValue }

        func draw(_ generator: inout SeededGenerator, rows: Int) -> UInt64 {
            switch self {
            case .nearlyDistinct: UInt64.random(in: 0..<1_000_000, using: &generator)
            case .coarse: UInt64.random(in: 0..<40, using: &generator)
            case .comparable: UInt64.random(in: 0..<UInt64(max(rows / 2, 1)), using: &generator)
            case .heavyTailed: UInt64(1 / Double.random(in: 1e-6..<1, using: &generator))
            case .oneFrequent:
                Bool.random(using: &generator) && Int.random(in: 0..<5, using: &generator) == 0
                    ? 0 : UInt64.random(in: 1..<(1 << 50), using: &generator)
            }
        }

        func side(_ rows: Int, beside reference: Int, _ generator: inout SeededGenerator) -> DuplicateTest.Side? {
            var sketch = DistinctSketch(.rows)
            for _ in 0..<rows { sketch.insert(Self.hash(draw(&generator, rows: reference))) }
            return sketch.count.map { DuplicateTest.Side(rows: rows, distinct: $0) }
        }

        /// The finaliser of MurmurHash3, so that contents fall anywhere.
        static func hash(_ content: UInt64) -> UInt64 {
            var mixed = content &+ 0x9E37_79B9_7F4A_7C15
            mixed = (mixed ^ mixed >> 33) &* 0xFF51_AFD7_ED55_8CCD
            mixed = (mixed ^ mixed >> 33) &* 0xC4CE_B9FE_1A85_EC53
            return mixed ^ mixed >> 33
        }
    }

    @Test(arguments: Contents.allCases, [(200, 100), (1000, 1000), (1000, 50), (300, 3000), (5000, 4000)])
    func `unchanged contents are told at no more than the stated rate`(contents: Contents, sizes: (Int, Int)) throws {
        var generator = SeededGenerator(seed: sizes.0 + 7 * sizes.1)
        let runs = sizes.1 > 1000 ? 100 : 400
        var told = 0
        for _ in 0..<runs {
            let reference = try #require(contents.side(sizes.0, beside: sizes.0, &generator))
            let window = try #require(contents.side(sizes.1, beside: sizes.0, &generator))
            let test = try #require(DuplicateTest(reference: reference, window: window))
            told += try #require(test.pValue) <= 0.05 ? 1 : 0
        }
        // 5 % and three standard errors of the simulation.
        let limit = 0.05 + 3 * (0.05 * 0.95 / Double(runs)).squareRoot()
        #expect(Double(told) / Double(runs) <= limit, "\(told) of \(runs)")
    }

    @Test(arguments: [(1000, 500, 0.1), (1000, 1000, 0.06), (10_000, 2000, 0.2), (10_000, 10_000, 0.2)])
    func `rows that come twice are found`(n: Int, m: Int, share: Double) throws {
        var generator = SeededGenerator(seed: m)
        let reference = try #require(Contents.nearlyDistinct.side(n, beside: n, &generator))
        var sketch = DistinctSketch(.rows)
        for row in 0..<m where Double(row) >= share * Double(m) {
            sketch.insert(Contents.hash(UInt64(row)))
        }
        let window = DuplicateTest.Side(rows: m, distinct: try #require(sketch.count))
        let test = try #require(DuplicateTest(reference: reference, window: window))
        #expect(try #require(test.pValue) < 0.01)
        #expect(try #require(test.critical(level: 0.01)) < share)
    }

    @Test(arguments: [(1000, 900, 300, 250), (1000, 40, 500, 30), (400, 400, 100, 100), (50, 20, 2000, 15)])
    func `what lies beyond the critical share is significant, and what lies at it is not`(
        n: Int, distinct: Int, m: Int, fewest: Int
    ) throws {
        let reference = DuplicateTest.Side(rows: n, distinct: DistinctCount(value: Double(distinct), errorBound: 0))
        func test(_ distinct: Int) throws -> DuplicateTest {
            let own = DuplicateTest.Side(rows: m, distinct: DistinctCount(value: Double(distinct), errorBound: 0))
            return try #require(DuplicateTest(reference: reference, window: own))
        }
        let critical = try #require(test(m).critical(level: 0.01))
        for distinct in 1...m {
            let share = 1 - Double(distinct) / Double(m)
            let isSignificant = try #require(test(distinct).pValue) <= 0.01
            // Effective numbers of rows are whole, so that single shares next to the critical one may lie on its other side.
            guard (share - critical).magnitude > 6 / Double(m) else { continue }
            #expect(isSignificant == (share > critical), "\(distinct) of \(m)")
        }
    }

    @Test func `sides without two rows, or with too many contents to count, have no test`() {
        let some = DuplicateTest.Side(rows: 100, distinct: DistinctCount(value: 90, errorBound: 0))
        let one = DuplicateTest.Side(rows: 1, distinct: DistinctCount(value: 1, errorBound: 0))
        let none = DuplicateTest.Side(rows: 0, distinct: DistinctCount(value: 0, errorBound: 0))
        let endless = DuplicateTest.Side(rows: 100, distinct: DistinctCount(value: .infinity, errorBound: .infinity))
        let undefined = DuplicateTest.Side(rows: 100, distinct: DistinctCount(value: .nan, errorBound: .nan))
        for side in [one, none, endless, undefined] {
            #expect(DuplicateTest(reference: some, window: side) == nil)
            #expect(DuplicateTest(reference: side, window: some) == nil)
        }
        let whole = DuplicateTest.Side(rows: 100, distinct: DistinctCount(value: 100, errorBound: 0))
        #expect(DuplicateTest(reference: whole, window: whole)?.pValue == 1)
    }
}

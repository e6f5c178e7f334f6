import Statistics
import Testing

/// Tests of shares against pinned SciPy (`Golden/make_quality.py` made the values), and the promises they keep.
struct ShareTestTests {
    @Test func `p-values of shares are those of SciPy`() throws {
        let rows = try JSONValue(PackageResources.quality_json)["shares"].array
        #expect(rows.count > 400)
        for row in rows {
            let numbers = row.numbers
            let reference = RowShare(Int(numbers[0]), of: Int(numbers[1]))
            let window = RowShare(Int(numbers[2]), of: Int(numbers[3]))
            #expect(
                isCloseProbability(ShareTest.pValue(reference: reference, window: window), numbers[4]), "\(numbers)")
            let greater = ShareTest.pValue(reference: reference, window: window, alternative: .greater)
            #expect(isCloseProbability(greater, numbers[5]), "\(numbers)")
        }
    }

    @Test func `the law of Student's t is that of SciPy`() throws {
        for row in try JSONValue(PackageResources.quality_json)["student"].array {
            let numbers = row.numbers
            let p = StudentDistribution.twoSided(numbers[1], degreesOfFreedom: numbers[0])
            #expect(isCloseProbability(p, numbers[2]), "\(numbers)")
        }
    }

    @Test(arguments: [(0, 5000, 336), (12, 5000, 336), (400, 1000, 90), (1000, 1000, 50), (3, 40, 7)])
    func `what lies beyond a critical share is significant, and what lies at it is not`(
        part: Int, whole: Int, rows: Int
    ) throws {
        let reference = RowShare(part, of: whole)
        let critical = try #require(ShareTest.critical(reference: reference, rows: rows, level: 0.01))
        for count in 0...rows {
            let window = RowShare(count, of: rows)
            let (share, p) = (
                try #require(window.value), try #require(ShareTest.pValue(reference: reference, window: window))
            )
            let isBeyond = critical.high.map { share > $0 } ?? false || critical.low.map { share < $0 } ?? false
            #expect(isBeyond == (p <= 0.01), "\(count) of \(rows): \(p)")
        }
    }

    @Test func `few rows have no critical share`() throws {
        let reference = RowShare(500, of: 1000)
        let critical = try #require(ShareTest.critical(reference: reference, rows: 2, level: 0.01))
        #expect(critical.low == nil && critical.high == nil)
        #expect(ShareTest.critical(reference: RowShare(0, of: 0), rows: 10, level: 0.01) == nil)
        #expect(ShareTest.pValue(reference: reference, window: RowShare(0, of: 0)) == nil)
    }

    @Test(arguments: [(1000, 50, 0.01), (1000, 300, 0.01), (1000, 1000, 0.05), (300, 2000, 0.02), (500, 500, 0.5)])
    func `equal shares are told at no more than the stated rate`(n: Int, m: Int, share: Double) {
        var generator = SeededGenerator(seed: n + m)
        let runs = 600
        var told = 0
        for _ in 0..<runs {
            let reference = RowShare(draws(n, share, &generator), of: n)
            let window = RowShare(draws(m, share, &generator), of: m)
            told += ShareTest.pValue(reference: reference, window: window).map { $0 <= 0.05 } ?? false ? 1 : 0
        }
        // 5 % and three standard errors of the simulation.
        #expect(Double(told) <= 0.077 * Double(runs))
        #expect(told > 0)
    }

    @Test func `a doubled share is told`() throws {
        let p = try #require(ShareTest.pValue(reference: RowShare(100, of: 10_000), window: RowShare(20, of: 1000)))
        #expect(p < 0.01)
    }

    /// Categories of equal probability, and with those that follow Zipf's law: many of them are rare.
    @Test(arguments: [(10_000, 0.0), (1000, 0.0), (10_000, 1.0), (20_000, 1.5)])
    func `a column of many rare categories is not told for having them`(categories: Int, exponent: Double) throws {
        var generator = SeededGenerator(seed: categories)
        let law = RareCategories(count: categories, exponent: exponent)
        var (told, expected, seen) = (0, 0.0, 0.0)
        let runs = 60
        for _ in 0..<runs {
            let reference = law.summary(1500, using: &generator)
            let window = law.summary(500, using: &generator)
            let table = CategoryTable(reference: reference, window: window)
            expected += try #require(UnseenShare(reference: reference).expected) / Double(runs)
            seen += Double(table.unseen) / 500 / Double(runs)
            told += try #require(UnseenLaw(table.counts)).pValue(table.unseen) <= 0.05 ? 1 : 0
        }
        #expect(told <= 8)
        #expect(isClose(expected, seen, relative: 0.05, absolute: 0.005))
    }

    private func draws(_ count: Int, _ share: Double, _ generator: inout SeededGenerator) -> Int {
        (0..<count).reduce(0) { sum, _ in sum + (Double.random(in: 0..<1, using: &generator) < share ? 1 : 0) }
    }
}

/// Categories with probabilities that fall with a power of their rank.
private struct RareCategories {
    private let bounds: [Double]

    init(count: Int, exponent: Double) {
        var (sum, bounds) = (0.0, [Double]())
        for rank in 1...count {
            var weight = 1.0
            if exponent == 1 { weight = 1 / Double(rank) }
            if exponent == 1.5 { weight = 1 / (Double(rank) * Double(rank).squareRoot()) }
            sum += weight
            bounds.append(sum)
        }
        self.bounds = bounds.map { $0 / sum }
    }

    func summary(_ rows: Int, using generator: inout SeededGenerator) -> CategoricalSummary {
        var names: [ByteText] = []
        for _ in 0..<rows {
            let point = Double.random(in: 0..<1, using: &generator)
            var (low, high) = (0, bounds.count - 1)
            while low < high {
                let middle = (low + high) / 2
                if bounds[middle] < point { low = middle + 1 } else { high = middle }
            }
            names.append(ByteText("\(low)"))
        }
        let values = Array(Set(names))
        var places: [ByteText: Int32] = [:]
        for (place, value) in values.enumerated() { places[value] = Int32(place) }
        var summary = CategoricalSummary()
        let codes = names.map { places[$0] ?? -1 }
        summary.fold(codes: codes.span, values: values) { _ in true }
        return summary
    }
}

import Statistics
import Testing

struct VolumePatternTests {
    @Test func `one week is no pattern`() {
        #expect(VolumePattern(weeks: []) == nil)
        #expect(VolumePattern(weeks: [100]) == nil)
    }

    @Test func `the median week is what is expected`() throws {
        let pattern = try #require(VolumePattern(weeks: [100, 0, 104, 96]))
        #expect(pattern.expected == 98)
        #expect(pattern.ratio(of: 49) == 0.5)
        let silent = try #require(VolumePattern(weeks: [0, 0, 0]))
        #expect(silent.ratio(of: 5) == nil)
        #expect(silent.pValue(of: 0) == 1)
    }

    @Test func `an outage among the weeks does not hide the next one`() throws {
        let pattern = try #require(VolumePattern(weeks: [1000, 1010, 990, 1005, 20, 1001, 995, 1003]))
        #expect(try #require(pattern.pValue(of: 500)) < 1e-6)
        #expect(try #require(pattern.pValue(of: 1000)) > 0.5)
    }

    @Test(arguments: [([0, 0], 0), ([1, 0], 1_000_000), ([.max / 2, 1], 0), ([5, 5, 5, 5, 5], 5)])
    func `every count has a probability`(weeks: [Int], count: Int) throws {
        let p = try #require(VolumePattern(weeks: weeks)?.pValue(of: count))
        #expect(p >= 0 && p <= 1)
    }

    @Test(arguments: [(2, 1.0), (3, 20), (5, 1), (6, 20), (8, 1), (8, 50)])
    func `weeks that only differ by chance are told at no more than the stated rate`(count: Int, spread: Double) throws
    {
        var generator = SeededGenerator(seed: count)
        var told = 0
        let runs = 1500
        for _ in 0..<runs {
            let weeks = (0...count).map { _ in Int(1000 + generator.normal() * (1000 * spread).squareRoot()) }
            let pattern = try #require(VolumePattern(weeks: Array(weeks.dropFirst())))
            told += try #require(pattern.pValue(of: weeks[0])) <= 0.05 ? 1 : 0
        }
        #expect(Double(told) <= 0.067 * Double(runs))
    }
}

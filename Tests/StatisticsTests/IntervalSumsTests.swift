import Testing

@testable import Statistics

/// Sums in 64 bits that become 128 where one no longer fits.
struct IntervalSumsTests {
    private static func sums(_ numbers: [Int128]) -> IntervalSums {
        var sums = IntervalSums()
        for number in numbers { sums.append(number) }
        return sums
    }

    private static func numbers(of sums: IntervalSums) -> [Int128] { (0..<sums.count).map { sums[$0] } }

    private static let most = Int128(IntervalSums.most)
    private static let least = -most

    @Test(arguments: [(most, false), (least, false), (most + 1, true), (least - 1, true), (0, false)])
    func `a sum that does not fit widens all`(number: Int128, isWide: Bool) {
        let sums = Self.sums([1, -2, number, 3])
        #expect(sums.isWide == isWide)
        #expect(Self.numbers(of: sums) == [1, -2, number, 3])
        #expect(sums.widened == [1, -2, number, 3])
        #expect(sums.footprint == (isWide ? 64 : 32))
    }

    @Test(
        arguments: [
            ([1, 2, 3], [4, -5, 6]), ([most, 2, 3], [1, -5, 6]), ([1, least, 3], [4, -1, 6]),
            ([most, least], [least, most]),
            ([most + 5, 1], [-5, 1]), ([1, 1], [most * 4, least]), ([most, most], [most, most]),
        ] as [([Int128], [Int128])])
    func `sums add up and are taken away exactly, however large`(left: [Int128], right: [Int128]) {
        var total = Self.sums(left)
        total.add(Self.sums(right))
        #expect(Self.numbers(of: total) == zip(left, right).map { $0 + $1 })
        total.subtract(Self.sums(right))
        #expect(Self.numbers(of: total) == left)
        total.subtract(Self.sums(right))
        #expect(Self.numbers(of: total) == zip(left, right).map { $0 - $1 })
        for (index, number) in right.enumerated() { total.add(number, at: index) }
        #expect(Self.numbers(of: total) == left)
    }

    @Test func `a total that parts come to and leave stays narrow, however often`() {
        let part = Self.sums([Self.most >> 3, Self.least >> 3, 7])
        var total = Self.sums([0, 0, 0])
        for _ in 0..<1000 {
            total.add(part, part, part, part)
            for _ in 0..<4 { total.subtract(part) }
        }
        #expect(!total.isWide)
        #expect(Self.numbers(of: total) == [0, 0, 0])
        for _ in 0..<16 { total.subtract(part) }
        #expect(Self.numbers(of: total) == Self.numbers(of: part).map { -16 * $0 })
        #expect(total.isWide)
    }

    @Test(arguments: 0..<200)
    func `four at once are what they are one after another`(seed: Int) {
        var generator = SeededGenerator(seed: seed)
        let parts = (0..<5).map { _ in
            Self.sums(
                (0..<7).map { _ in Int128(Int64.random(in: .min ... .max, using: &generator)) >> Int128(seed % 5) })
        }
        var joint = parts[4]
        joint.add(parts[0], parts[1], parts[2], parts[3])
        let expected = (0..<7).map { index in parts.reduce(Int128(0)) { $0 + $1[index] } }
        #expect(Self.numbers(of: joint) == expected)
        // Four bits to spare are enough for five of them, so that these stay narrow.
        #expect(joint.isWide == (seed % 5 == 4 ? false : joint.isWide))
    }

    @Test(
        arguments: [[1 << 62, -1, 3], [.max, .min, 5], [1 << 61, -(1 << 61), 1], [-1, 1 << 62 - 1, 0]] as [[Int64]])
    func `sums that were read from bytes add up four at a time, however large`(narrow: [Int64]) {
        let part = IntervalSums(narrow: narrow)
        var total = Self.sums(narrow.map { _ in 1 })
        total.add(part, part, part, part)
        #expect(Self.numbers(of: total) == narrow.map { 1 + 4 * Int128($0) })
        var mixed = IntervalSums(narrow: narrow)
        mixed.add(part, Self.sums([1, 2, 3]), Self.sums([0, 0, 0]), part)
        #expect(Self.numbers(of: mixed) == zip(narrow, [1, 2, 3]).map { 3 * Int128($0) + $1 })
    }

    @Test(arguments: [(most >> 2, false), (most >> 1, true), (most >> 1 + 8, true), (most, true)])
    func `room is made for four together`(number: Int128, isWide: Bool) {
        let part = Self.sums([number, 0, -number])
        var total = Self.sums([0, 0, 0])
        total.add(part, part, part, part)
        #expect(Self.numbers(of: total) == [4 * number, 0, -4 * number])
        #expect(total.isWide == isWide)
    }

    @Test(arguments: [1, 100, 3000, 100_000])
    func `values fold to the same whether their sums fit 64 bits or not`(times: Int) throws {
        // Usual values of 1 have units of 2^-52, so that 1,024 of them are too many for narrow sums.
        let scale = FixedPointScale(usualMagnitude: 1, largest: 1)
        let grid = try #require(RankGrid(cutPoints: [0, 2], deciles: [], scale: scale))
        var scratch = FoldScratch()
        var counts = GridCounts(grid: grid)
        var (expected, below): (Int128, Int128) = (0, 0)
        for value in [0.9, -1.3, 0.123456789] {
            counts.fold([Double](repeating: value, count: times).span, on: grid, scratch: &scratch)
            if value > 0 {
                expected += scale.quantised(value) * Int128(times)
            } else {
                below += scale.quantised(value) * Int128(times)
            }
        }
        #expect(counts.pair(at: 1).sum == expected)
        #expect(counts.pair(at: 0).sum == below)
        #expect(counts.count == 3 * times)
        #expect(try GridCounts(decoding: counts.encoded()) == counts)
    }

    @Test func `a value too large for 64 bits is summed beside others`() throws {
        let scale = FixedPointScale(usualMagnitude: 1, largest: 1)
        let grid = try #require(RankGrid(cutPoints: [0, 2], deciles: [], scale: scale))
        var scratch = FoldScratch()
        var counts = GridCounts(grid: grid)
        let values = [0.5, 1e9, 1e12, .nan, 0.25, 1e40]
        counts.fold(values.span, on: grid, scratch: &scratch)
        #expect(counts.pair(at: 1).sum == scale.quantised(0.75))
        #expect(counts.pair(at: 2).sum == scale.quantised(1e9) + scale.quantised(1e12))
        #expect(counts.unsummed == 1)
        counts.fold([0.5].span, on: grid, scratch: &scratch)
        #expect(counts.pair(at: 1).sum == scale.quantised(1.25))
    }
}

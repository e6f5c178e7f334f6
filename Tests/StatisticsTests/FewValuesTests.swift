import Testing

@testable import Statistics

/// A column of few values is written as these, and read as if they had been folded.
struct FewValuesTests {
    private static let grid = RankGrid(freezing: (0..<200).map { Double($0) / 7 }, limit: 1024)

    private static func summary(of values: [Double], on grid: RankGrid = grid) -> NumericSummary {
        var scratch = FoldScratch()
        var summary = NumericSummary(grid: grid)
        summary.fold(values.span, range: 0...20, on: grid, scratch: &scratch)
        return summary
    }

    /// Values at and between cut points, tied, below and above all of them, and null.
    private static func values(_ count: Int) -> [Double] {
        let special: [Double] = [-0.0, 0, 3 / 7, 3 / 7, -5, 1e6, .infinity, -.infinity, 1e300, .leastNonzeroMagnitude]
        return (0..<count).map { $0 % 3 == 2 ? special[$0 / 3 % special.count] : Double($0 * 37 % 211) / 11 }
    }

    @Test(arguments: [1, 2, 4, 31, 32, 33, 200])
    func `a column is read as it was folded, whatever the number of values`(count: Int) throws {
        for grid in [Self.grid, .empty] {
            let summary = Self.summary(of: Self.values(count) + [.nan, .nan], on: grid)
            let read = try NumericSummary(decoding: summary.encoded())
            #expect(read == summary)
            #expect(read.values.ascending == (count <= FewValues.most ? summary.values.ascending : nil))
            #expect(read.encoded() == summary.encoded())
            #expect(read.distinctCount == summary.distinctCount)
            #expect(read.cells.unsummed == summary.cells.unsummed)
        }
    }

    @Test func `few values take less than half of the bytes of what is counted of them`() {
        let summary = Self.summary(of: [1.25, 2.0 / 3, 0.1, 17.3])
        var counted = summary
        counted.forgetDistinct()
        counted.distinct = summary.distinct
        #expect(counted == summary)
        #expect(2 * summary.encoded().count < counted.encoded().count)
    }

    @Test func `what was merged of few values has the bytes of what was folded at once, up to the most of them`() {
        for count in [20, 32, 40] {
            let values = Self.values(count)
            var sum = Self.summary(of: Array(values[..<7]))
            sum.merge(Self.summary(of: Array(values[7...])))
            #expect(sum.encoded() == Self.summary(of: values).encoded())
        }
    }

    @Test func `a column that something was taken out of is read as what is left`() throws {
        let (first, second) = (Self.values(6), Array(Self.values(18)[6...]))
        var rest = Self.summary(of: first)
        rest.merge(Self.summary(of: second))
        rest.subtract(Self.summary(of: second))
        let read = try NumericSummary(decoding: rest.encoded())
        #expect(read.cells == Self.summary(of: first).cells)
        #expect(read.moments == Self.summary(of: first).moments)
    }

    @Test func `a column of version 4 is read`() throws {
        let summary = Self.summary(of: Self.values(9))
        var writer = SummaryWriter()
        for number in [summary.missing, summary.typeErrors, summary.outOfRange] { writer.write(zigzag: number) }
        writer.write(summary.cells)
        writer.write(summary.moments)
        writer.write(summary.extremes)
        summary.distinct.write(to: &writer)
        var reader = SummaryReader(writer.bytes, version: 4)
        #expect(try NumericSummary(from: &reader) == summary)
    }

    /// A pair outside the grid of 3 pairs; no value in a pair; too many of them; values that descend; a null.
    private static let impossible: [(pairs: [UInt64], values: [Double])] = [
        ([27], [1]), ([2, 0, 0], []), ([2, 30, 30], [1]), ([0, 0], [2, 1]), ([0], [.nan]),
    ]

    @Test(arguments: impossible)
    func `bytes that no values have are refused`(pairs: [UInt64], values: [Double]) {
        var writer = SummaryWriter()
        for _ in 0..<3 { writer.write(zigzag: 0) }
        writer.write(u8: 1)
        writer.write(varint: 3)
        writer.write(zigzag: 20)
        writer.write(varint: pairs == [0, 0] ? 2 : 1)
        for number in pairs { writer.write(varint: number) }
        for value in values { writer.write(double: value) }
        #expect(throws: CodecError.self) {
            var reader = SummaryReader(writer.bytes)
            _ = try NumericSummary(from: &reader)
        }
    }
}

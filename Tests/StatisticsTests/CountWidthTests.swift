import Testing

@testable import Statistics

/// Counts over a grid say the same in whatever width they are kept.
struct CountWidthTests {
    private static let cuts = 300
    private static let values = 0..<4000

    private static let grid = RankGrid(freezing: (0..<cuts).map { Double($0) }, limit: 1024)

    /// What values some way off are counted as, in counts of a width.
    private static func column(_ width: CountWidth, shift: Double = 0) -> NumericSummary {
        var scratch = FoldScratch()
        var column = NumericSummary(grid: grid)
        let numbers = values.map { Double($0 * 7919 % 1201) / 4 + shift }
        column.fold(numbers.span, on: grid, scratch: &scratch)
        // What comes and leaves again leaves its width behind.
        let open = width == .short ? 5 : width == .narrow ? 1 << 20 : 1 << 40
        let many = GridCounts(pairCount: grid.pairCount, open: open)
        column.cells.merge(many)
        column.cells.subtract(many)
        return column
    }

    @Test(arguments: [CountWidth.short, .narrow, .wide], [CountWidth.short, .narrow, .wide])
    func `comparisons and bytes do not depend on the width`(first: CountWidth, second: CountWidth) throws {
        let grid = Self.grid
        let reference = Self.column(first)
        let window = Self.column(second, shift: 3.125)
        #expect(reference.cells.tallies.width == first && window.cells.tallies.width == second)
        let plain = Self.column(.short)
        let other = Self.column(.short, shift: 3.125)
        #expect(reference == plain && window == other)
        #expect(reference.cells.occupiedCount == plain.cells.occupiedCount)
        #expect(reference.cells.distinctRange == plain.cells.distinctRange)
        #expect(reference.encoded() == plain.encoded())
        #expect(try NumericSummary(decoding: reference.encoded()).cells.tallies.width == .short)
        let found = try #require(
            GridComparison(reference: reference.cells, window: window.cells, grid: grid, closing: .left))
        let expected = try #require(
            GridComparison(reference: plain.cells, window: other.cells, grid: grid, closing: .left))
        #expect(found.kolmogorovSmirnov == expected.kolmogorovSmirnov && found.bins == expected.bins)
        #expect(found.cramerVonMises == expected.cramerVonMises && found.andersonDarling == expected.andersonDarling)
        #expect(found.wasserstein == expected.wasserstein && found.energy == expected.energy)
        let place = KolmogorovPlace(reference: reference.cells, window: window.cells, grid: grid)
        #expect(place == KolmogorovPlace(reference: plain.cells, window: other.cells, grid: grid))
        var joint = reference
        var sum = plain
        joint.mergeAdditive(window)
        sum.mergeAdditive(other)
        #expect(joint == sum && joint.encoded() == sum.encoded())
    }

    @Test(arguments: [CountWidth.short, .narrow, .wide])
    func `values fold to the same in every width`(width: CountWidth) throws {
        var column = Self.column(width)
        var expected = Self.column(.short)
        var scratch = FoldScratch()
        for round in 0..<20 {
            // Half of them at one cut point, so that 16 bits are not enough in the end.
            let numbers = (0..<5000).map { $0 % 2 == 0 ? 7 : Double(($0 + round) % 1201) / 4 }
            column.fold(numbers.span, on: Self.grid, scratch: &scratch)
            var part = NumericSummary(grid: Self.grid)
            part.fold(numbers.span, on: Self.grid, scratch: &scratch)
            expected.merge(part)
        }
        #expect(column == expected && column.encoded() == expected.encoded())
        let place = RankGrid.rank(of: 7, in: Self.grid.cutPoints)
        #expect(column.cells.pair(at: place).point > Int(Int16.max))
        #expect(column.cells.tallies.width == max(width, .narrow))
        #expect(try NumericSummary(decoding: column.encoded()) == expected)
    }

    @Test func `many values in many cells stay in 16 bits, and so does what they add up to`() {
        let column = Self.column(.short)
        var scratch = FoldScratch()
        var pane = NumericSummary(grid: Self.grid)
        let numbers = Self.values.map { Double($0 % 1201) / 4 }
        for _ in 0..<20 { pane.fold(numbers.span, on: Self.grid, scratch: &scratch) }
        #expect(pane.count > 2 * Int(Int16.max))
        var total = column
        total.mergeAdditive(0, [pane], [pane], [pane], [pane])
        #expect(pane.cells.tallies.width == .short && total.cells.tallies.width == .short)
        #expect(total.count == column.count + 4 * pane.count)
        #expect(total.cells.pair(at: 9).open == column.cells.pair(at: 9).open + 4 * pane.cells.pair(at: 9).open)
    }
}

extension GridCounts {
    /// The same count in every open interval.
    fileprivate init(pairCount: Int, open: Int) {
        self.init(pairCount: pairCount)
        for index in 0..<pairCount { append(Int32(index), CellPair(open: open, point: 0, sum: 0)) }
        count = open * pairCount
        settle()
    }
}

import Statistics
import Testing

struct RankGridTests {
    @Test func `all distinct values become cut points while they are few`() {
        let grid = RankGrid(freezing: [3, 1, 2, 2, -0.0, 0], limit: 5)
        #expect(Set(grid.cutPoints).isSuperset(of: [0, 1, 2, 3]))
        #expect(grid.deciles == [0, 0.5, 1, 1.5, 2, 2.5])
        #expect(grid.cellCount == 2 * grid.count + 1)
    }

    @Test func `a value that is heavy becomes a cut point of a compressed grid`() {
        let values = (0..<5000).map { Double($0) } + Array(repeating: 1234.5, count: 60)
        let grid = RankGrid(freezing: values, limit: 100)
        #expect(grid.count <= 100)
        #expect(grid.cutPoints.contains(1234.5))
        #expect(grid.cutPoints.first == 0)
        #expect(grid.cutPoints.last == 4999)
    }

    @Test(arguments: [12, 100, 1024, 5000])
    func `a compressed grid keeps to its limit and has every decile edge`(limit: Int) {
        var generator = SeededGenerator(seed: limit)
        let values = (0..<20_000).map { _ in generator.normal() }
        let grid = RankGrid(freezing: values, limit: limit)
        #expect(grid.count <= limit)
        #expect(Set(grid.cutPoints).isSuperset(of: grid.deciles))
        #expect(grid.deciles.count == 9)
        let counts = ColumnComparison.summary(of: values, on: grid).cells
        let widest = (0...grid.count).map { counts.count(inCell: 2 * $0) }.max() ?? 0
        #expect(widest <= 20_000 / max(limit - 11, 1) + 1)
    }

    @Test func `without values there is one cell`() {
        #expect(RankGrid(freezing: [], limit: 10) == .empty)
        #expect(RankGrid(freezing: [.nan, .infinity], limit: 10) == .empty)
        #expect(RankGrid.empty.cellCount == 1)
        #expect(RankGrid.empty.cell(of: 3) == 0)
    }

    @Test(arguments: [0, 1, 2, 3, 7, 8, 100])
    func `the fast search finds what the plain one finds`(count: Int) throws {
        var generator = SeededGenerator(seed: count)
        let cuts = (0..<count).map { Double($0) * 2 }
        let grid = try #require(RankGrid(cutPoints: cuts, deciles: [], scale: .unscaled))
        let values = (0..<333).map { _ in Double(Int.random(in: -3...(2 * count + 3), using: &generator)) }
        var counts = GridCounts(grid: grid)
        var scratch = FoldScratch()
        counts.fold(values.span, on: grid, scratch: &scratch)
        var expected = [Int](repeating: 0, count: grid.cellCount)
        for value in values { expected[grid.cell(of: value)] += 1 }
        #expect((0..<grid.cellCount).map { counts.count(inCell: $0) } == expected)
        #expect(counts.count == values.count)
    }

    @Test func `extreme values fall into the outermost cells`() {
        let grid = RankGrid(freezing: [1, 2], limit: 10)
        let last = grid.cellCount - 1
        #expect(grid.cell(of: .infinity) == last)
        #expect(grid.cell(of: -.greatestFiniteMagnitude) == 0)
        let counts = ColumnComparison.summary(of: [.infinity, 1e308, -1e308, -.infinity], on: grid)
        #expect(counts.cells.count(inCell: 0) == 2)
        #expect(counts.cells.count(inCell: last) == 2)
        #expect(counts.cells.unsummed == 4)
    }

    @Test func `parts that are no grid are refused`() {
        #expect(RankGrid(cutPoints: [1, 1], deciles: [], scale: .unscaled) == nil)
        #expect(RankGrid(cutPoints: [2, 1], deciles: [], scale: .unscaled) == nil)
        #expect(RankGrid(cutPoints: [.nan], deciles: [], scale: .unscaled) == nil)
        #expect(RankGrid(cutPoints: [1, .infinity], deciles: [], scale: .unscaled) == nil)
        #expect(RankGrid(cutPoints: [1, 2], deciles: [1.5], scale: .unscaled) == nil)
        #expect(RankGrid(cutPoints: [1e300], deciles: [], scale: .unscaled) == nil)
    }

    @Test func `a grid can be written and read`() throws {
        let grid = RankGrid(freezing: [0.1, 0.2, 5, 7.25, -3], limit: 10)
        let again = try RankGrid(decoding: grid.encoded())
        #expect(again == grid)
        #expect(again.deciles == grid.deciles)
        #expect(again.scale == grid.scale)
    }
}

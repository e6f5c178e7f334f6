import Testing

@testable import Statistics

/// Counts of four panes that are added in one pass.
struct FourAtOnceTests {
    private static let cuts = 400

    /// Columns of so many values each.
    private static func columns(_ counts: [Int]) throws -> [NumericSummary] {
        let grid = try #require(RankGrid(cutPoints: (0..<cuts).map(Double.init), deciles: [], scale: .unscaled))
        var generator = SeededGenerator(seed: 7)
        var scratch = FoldScratch()
        return counts.map { count in
            let values = (0..<count).map { _ in
                Double.random(in: -5..<Double(cuts + 5), using: &generator).rounded(.up) / 2
            }
            var column = NumericSummary(grid: grid)
            column.fold(values.span, typeErrors: count % 3, range: 10...100, on: grid, scratch: &scratch)
            return column
        }
    }

    @Test(arguments: [
        [5000, 5000, 4000, 3000, 6000], [5000, 5000, 2, 3000, 6000], [3, 5000, 5000, 5000, 5000], [5000, 0, 0, 0, 0],
        [4, 3, 2, 1, 0], [0, 5000, 5000, 5000, 5000],
    ])
    func `four columns added at once are what they are one after another`(counts: [Int]) throws {
        let columns = try Self.columns(counts)
        var (single, joint) = (columns[0], columns[0])
        for column in columns.dropFirst() { single.mergeAdditive(column) }
        joint.mergeAdditive(0, [columns[1]], [columns[2]], [columns[3]], [columns[4]])
        #expect(joint == single)
        #expect(joint.encoded() == single.encoded())
        for column in columns.dropFirst() { joint.subtract(column) }
        #expect(joint.cells == columns[0].cells)
    }

    @Test(arguments: 0..<5)
    func `four columns of which one has more rows than 32 bits hold add up`(wide: Int) throws {
        var columns = try Self.columns([5000, 5000, 4000, 3000, 6000])
        for _ in 0..<32 {
            let twice = columns[wide]
            columns[wide].mergeAdditive(twice)
        }
        var (single, joint) = (columns[0], columns[0])
        for column in columns.dropFirst() { single.mergeAdditive(column) }
        joint.mergeAdditive(0, [columns[1]], [columns[2]], [columns[3]], [columns[4]])
        #expect(joint.cells.tallies.width == .wide && joint == single)
    }
}

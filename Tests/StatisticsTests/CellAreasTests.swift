import Testing

@testable import Statistics

/// The areas of cells are the same in 64 bits as in 128.
struct CellAreasTests {
    /// In how many chunks the areas were worked out in 64 bits, and in how many they could not be.
    private static func compare(_ columns: ColumnComparison) -> (words: Int, wide: Int) {
        var cells = CellChunk(columns.reference.cells, columns.window.cells)
        var (words, wide) = (0, 0)
        while cells.advance() {
            var (found, expected) = (CellSums<CellAreas>(), CellSums<CellAreas>())
            guard CellAreas.measureInWords(cells, columns.grid, into: &found) else {
                wide += 1
                continue
            }
            words += 1
            CellAreas.measureEach(cells, columns.grid, into: &expected)
            for part in [CellAreas.width, .reference, .window] {
                for place in 0..<CellColumns.places {
                    #expect(found[part, place].bitPattern == expected[part, place].bitPattern, "\(part) \(place)")
                }
            }
        }
        return (words, wide)
    }

    @Test(arguments: 0..<8, [1.0, -3e-200, 7e150])
    func `what fits into 64 bits is the same as in 128`(seed: Int, unit: Double) {
        var generator = SeededGenerator(seed: seed)
        let reference = (0..<3000).map { _ in generator.normal() * unit }
        let window = (0..<5000).map { _ in (generator.normal() + 0.3) * unit }
        let found = Self.compare(ColumnComparison(reference: reference, window: window, limit: 1024))
        #expect(found.words > 3 * found.wide && found.wide > 0)
    }

    @Test func `cells that are too wide or hold too much are left to 128 bits`() {
        var generator = SeededGenerator(seed: 1)
        // Two cells of the grid are a million times as wide as the others.
        let values = (0..<3000).map { generator.normal() + ($0 % 3 == 0 ? 0 : $0 % 3 == 1 ? 1e6 : -1e6) }
        let apart = Self.compare(ColumnComparison(reference: values, window: values.reversed(), limit: 1024))
        #expect(apart.words > 0 && apart.wide > 0)
        var full = ColumnComparison(reference: (0..<300).map(Double.init), window: [])
        for number in 0..<20 { full.window.merge(ColumnComparison.summary(of: [Double(number) + 0.5], on: full.grid)) }
        for _ in 0..<45 { full.window.merge(full.window) }
        let many = Self.compare(full)
        #expect(many.words > 0 && many.wide > 1)
    }
}

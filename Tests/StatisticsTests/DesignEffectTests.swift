import Statistics
import Testing

/// How many rows weighted ones are worth where weights go with values.
struct DesignEffectTests {
    /// Rows of given weights, cell by cell.
    private func effect(_ cells: [[Double]]) throws -> DesignEffect {
        try #require(
            DesignEffect(
                rows: cells.map(\.count), weights: cells.map { $0.reduce(0, +) },
                squares: cells.joined().reduce(0) { $0 + $1 * $1 }))
    }

    private func kish(_ cells: [[Double]]) -> Double {
        let sum = cells.joined().reduce(0, +)
        return sum * sum / cells.joined().reduce(0) { $0 + $1 * $1 }
    }

    @Test(arguments: [true, false], [1.0, 3, 0.25])
    func `rows that all weigh the same are as many as there are`(isOrdered: Bool, weight: Double) throws {
        let cells = [40, 3, 17].map { Array(repeating: weight, count: $0) }
        #expect(isClose(try effect(cells).rows(isOrdered: isOrdered), 60, relative: 1e-12))
    }

    @Test(arguments: [(20, 5.0, 180, 1.0), (100, 3, 100, 1), (7, 0.5, 90, 0.1)])
    func `of two cells it is what the variance of their shares says`(
        heavy: Int, weight: Double, light: Int, other: Double
    ) throws {
        let cells = [Array(repeating: weight, count: heavy), Array(repeating: other, count: light)]
        let (first, second) = (weight * Double(heavy), other * Double(light))
        let p = first / (first + second)
        let squares = weight * first * (1 - p) * (1 - p) + other * second * p * p
        let variance = squares / ((first + second) * (first + second))
        for isOrdered in [true, false] {
            let rows = try effect(cells).rows(isOrdered: isOrdered)
            #expect(isClose(rows, min(p * (1 - p) / variance, kish(cells)), relative: 1e-12))
        }
    }

    @Test(arguments: 0..<50)
    func `it is never more than Kish's, and about that where weights go by chance`(seed: Int) throws {
        var generator = SeededGenerator(seed: seed)
        let cells = (0..<10).map { _ in
            (0..<200).map { _ in Bool.random(using: &generator) ? 1.0 : Double.random(in: 0.1...8, using: &generator) }
        }
        let size = kish(cells)
        for isOrdered in [true, false] {
            let rows = try effect(cells).rows(isOrdered: isOrdered)
            #expect(rows <= size * (1 + 1e-12) && rows > 0.7 * size)
        }
    }

    @Test func `a common factor of the weights changes nothing, and empty cells neither`() throws {
        let cells = [[1.0, 2, 3], [7, 9, 11, 12], [1, 1, 1, 1, 2, 2]]
        let rows = try effect(cells).rows(isOrdered: true)
        #expect(isClose(try effect(cells.map { $0.map { 1024 * $0 } }).rows(isOrdered: true), rows, relative: 1e-12))
        #expect(isClose(try effect([[]] + cells + [[]]).rows(isOrdered: true), rows, relative: 1e-12))
    }

    @Test func `a distribution function whose tail is heavy is worth fewer rows than the table of its bins`() throws {
        let cells = (0..<10).map { Array(repeating: $0 == 9 ? 3.0 : 1, count: 30) }
        let effect = try effect(cells)
        #expect(effect.rows(isOrdered: true) < effect.rows(isOrdered: false))
    }

    @Test func `what is no count of weighted rows has no size`() {
        #expect(DesignEffect(rows: [], weights: [], squares: 1) == nil)
        #expect(DesignEffect(rows: [0], weights: [0], squares: 0) == nil)
        #expect(DesignEffect(rows: [3, 0], weights: [3, 1], squares: 3) == nil)
        #expect(DesignEffect(rows: [3], weights: [3], squares: .nan) == nil)
        #expect(DesignEffect(rows: [3], weights: [-3], squares: 3) == nil)
        #expect(DesignEffect(rows: [3], weights: [3], squares: 3)?.rows(isOrdered: true) == 3)
    }
}

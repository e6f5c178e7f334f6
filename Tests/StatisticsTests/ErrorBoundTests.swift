import Statistics
import Testing

/// Whether what is approximate on a coarse grid holds the truth within its bound, on random data of many shapes.
struct ErrorBoundTests {
    enum Shape: CaseIterable { case normal, shifted, ties, heavy, few, apart }

    private static func column(_ count: Int, _ shape: Shape, isWindow: Bool, _ generator: inout SeededGenerator)
        -> [Double]
    {
        (0..<count).map { _ in
            let value = generator.normal()
            return switch shape {
            case .normal: value
            case .shifted: isWindow ? value * 1.3 + 0.4 : value
            case .ties: (value * 3).rounded() / 3
            case .heavy: value / max(Double.random(in: 0..<1, using: &generator), 1e-6)
            case .few: (value * 1.2).rounded() + (isWindow && value > 0.5 ? 0.5 : 0)
            case .apart: isWindow ? value + 9 : value
            }
        }
    }

    /// The definitions themselves, over sorted values.
    private struct Truth {
        var area = 0.0
        var square = 0.0
        var squares = 0.0
        var tails = 0.0

        init(_ reference: [Double], _ window: [Double]) {
            let (x, y) = (reference.sorted(), window.sorted())
            let (n, m) = (Double(x.count), Double(y.count))
            let total = n + m
            var (i, j) = (0, 0)
            var statistic = 0.0
            while i < x.count || j < y.count {
                let value = min(i < x.count ? x[i] : .infinity, j < y.count ? y[j] : .infinity)
                let (a, b) = (x[i...].prefix { $0 == value }.count, y[j...].prefix { $0 == value }.count)
                let (first, second) = (Double(i) + Double(a) / 2, Double(j) + Double(b) / 2)
                // Ranks less places, squared: of Cramer and von Mises.
                let (p, q) = (Double(a), Double(b))
                statistic += n * (p * second * second + (p * p * p - p) / 12)
                statistic += m * (q * first * first + (q * q * q - q) / 12)
                let gap = first * m - second * n
                let rank = first + second
                let weight = rank * (total - rank) - total * (p + q) / 4
                if weight > 0 { tails += (p + q) * gap * gap / (n * m * weight) }
                i += a
                j += b
                let next = min(i < x.count ? x[i] : .infinity, j < y.count ? y[j] : .infinity)
                guard next.isFinite else { break }
                let level = Double(i) / n - Double(j) / m
                area += level.magnitude * (next - value)
                square += level * level * (next - value)
            }
            squares = statistic / (n * m * total) - (4 * n * m - 1) / (6 * total)
            tails *= (total - 1) / total
        }
    }

    @Test(arguments: Shape.allCases, [1, 3, 12, 60, 400])
    func `the truth is always within the bound`(shape: Shape, limit: Int) throws {
        var generator = SeededGenerator(seed: 17 &* limit)
        for (n, m) in [(5, 4), (40, 300), (700, 90), (350, 350), (2, 50)] {
            let reference = Self.column(n, shape, isWindow: false, &generator)
            let window = Self.column(m, shape, isWindow: true, &generator)
            let (truth, pair) = (
                Truth(reference, window), ColumnComparison(reference: reference, window: window, limit: limit)
            )
            var extremes = pair.reference.extremes
            extremes.merge(pair.window.extremes)
            let (cells, others) = (pair.reference.cells, pair.window.cells)
            let all = try #require(
                GridComparison(
                    reference: cells, window: others, grid: pair.grid, closing: .right, extremes: extremes))
            let area = try #require(all.wasserstein)
            #expect((area.distance - truth.area).magnitude <= area.errorBound, "\(n) \(m)")
            let energy = try #require(all.energy)
            let distance = (2 * truth.square).squareRoot()
            #expect((energy.distance - distance).magnitude <= energy.errorBound, "\(n) \(m)")
            let squares = try #require(all.cramerVonMises)
            #expect((squares.statistic - truth.squares).magnitude <= squares.errorBound + 1e-9, "\(n) \(m)")
            if let tails = all.andersonDarling, let unit = Self.deviation(n, m) {
                let statistic = (truth.tails - 1) / unit
                #expect(
                    (tails.statistic - statistic).magnitude <= tails.errorBound + 1e-9,
                    "\(n) \(m) \(tails) \(statistic)")
            }
            // Each measure alone gives what all of them together do.
            #expect(all.kolmogorovSmirnov == pair.ks && area == pair.wasserstein && all.bins == pair.bins(.right))
            #expect(CramerVonMises(reference: cells, window: others) == squares)
            #expect(AndersonDarling(reference: cells, window: others) == all.andersonDarling)
        }
    }

    /// The deviation of the Anderson-Darling statistic by the sums of Scholz and Stephens.
    private static func deviation(_ n: Int, _ m: Int) -> Double? {
        let total = n + m
        guard total > 3 else { return nil }
        let size = Double(total)
        let h = (1..<total).reduce(0.0) { $0 + 1 / Double($1) }
        var (g, tail) = (0.0, 0.0)
        for step in 2..<total {
            tail += 1 / Double(total - step + 1)
            g += tail / Double(step)
        }
        let harmonic = 1 / Double(n) + 1 / Double(m)
        let a = (4 * g - 6) + (10 - 6 * g) * harmonic
        let b = (2 * g - 4) * 4 + 16 * h + (2 * g - 14 * h - 4) * harmonic - 8 * h + 4 * g - 6
        let c = (6 * h + 2 * g - 2) * 4 + (4 * h - 4 * g + 6) * 2 + (2 * h - 6) * harmonic + 4 * h
        let d = (2 * h + 6) * 4 - 8 * h
        let variance = a * size * size * size + b * size * size + c * size + d
        return (variance / ((size - 1) * (size - 2) * (size - 3))).squareRoot()
    }
}

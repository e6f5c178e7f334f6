import Statistics
import Testing

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The functions whose means measures of ranks and moments are differences of, and what segments add by them.
struct ExplainPotentialTests {
    private static let measures: [DriftMeasure] = [
        .wasserstein, .energy, .cramerVonMises, .andersonDarling, .meanShift, .spreadShift,
    ]

    /// Rows of four segments on both sides, on the grid of the reference.
    private struct Sides {
        let reference: [[Double]]
        let window: [[Double]]
        let grid: RankGrid

        init(_ seed: Int, isTied: Bool, limit: Int = 1024) {
            var generator = SeededGenerator(seed: seed)
            func rows(_ count: Int, _ shift: Double) -> [Double] {
                (0..<count).map { _ in
                    let value = Double.random(in: 0..<10, using: &generator) + shift
                    return isTied ? value.rounded() : value
                }
            }
            reference = [rows(120, 0), rows(90, 2), rows(150, -1), rows(7, 3)]
            window = [rows(40, 0), rows(80, 2.5), rows(30, -1), []]
            grid = RankGrid(freezing: reference.flatMap(\.self), limit: limit)
        }

        init(reference: [[Double]], window: [[Double]]) {
            (self.reference, self.window) = (reference, window)
            grid = RankGrid(freezing: reference.flatMap(\.self), limit: 1024)
        }

        func summary(_ rows: [Double]) -> NumericSummary {
            var (summary, scratch) = (NumericSummary(grid: grid), FoldScratch())
            summary.fold(rows.span, on: grid, scratch: &scratch)
            return summary
        }

        var all: (reference: NumericSummary, window: NumericSummary) {
            (summary(reference.flatMap(\.self)), summary(window.flatMap(\.self)))
        }

        func potential(_ measure: DriftMeasure) -> DriftPotential? {
            DriftPotential(measure, reference: all.reference, window: all.window, grid: grid)
        }

        /// What each segment adds.
        func changes(_ potential: DriftPotential) -> [SegmentChange] {
            let (n, m) = (Double(all.reference.count), Double(all.window.count))
            return zip(reference, window).map { before, after in
                SegmentChange(
                    shares: (Double(before.count) / n, Double(after.count) / m),
                    means: (
                        potential.mean(of: summary(before), isWindow: false),
                        potential.mean(of: summary(after), isWindow: true)
                    ), potential: potential)
            }
        }
    }

    /// What is explained, with how far the difference of means may be from it.
    private static func whole(_ measure: DriftMeasure, _ sides: Sides) throws -> (value: Double, slack: Double) {
        let (reference, window) = sides.all
        let (before, after, grid) = (reference.cells, window.cells, sides.grid)
        let (n, m) = (Double(reference.count), Double(window.count))
        switch measure {
        case .wasserstein:
            let whole = try #require(Wasserstein(reference: before, window: after, grid: grid))
            return (whole.distance, whole.errorBound)
        case .energy:
            let extremes = reference.extremes.merged(with: window.extremes)
            let whole = try #require(EnergyDistance(reference: before, window: after, grid: grid, extremes: extremes))
            return (whole.distance * whole.distance, (2 * whole.distance + whole.errorBound) * whole.errorBound)
        case .cramerVonMises:
            let whole = try #require(CramerVonMises(reference: before, window: after))
            // Steps of single rows, as if they were lines.
            let steps = n * m / (n + m) / 12 * (1 / (n * n) + 1 / (m * m))
            let sizes = (n - m) * (n - m) / (12 * n * m * (n + m))
            return (whole.statistic - whole.tieShift + sizes, whole.errorBound + steps)
        case .andersonDarling:
            let whole = try #require(AndersonDarling(reference: before, window: after))
            let deviation = try #require(Self.deviation(n, m))
            return (whole.statistic + 1 / deviation, whole.errorBound)
        case .meanShift: return (try #require(MeanShift(reference: reference.moments, window: window.moments)).shift, 0)
        default:
            return (try #require(SpreadShift(reference: reference, window: window, grid: grid)).logRatio, 0)
        }
    }

    /// The deviation of Anderson and Darling's statistic by the sums of Scholz and Stephens (1987), equation 4, of two samples.
    private static func deviation(_ n: Double, _ m: Double) -> Double? {
        let size = n + m
        let h = (1..<Int(size)).reduce(0.0) { $0 + 1 / Double($1) }
        var g = 0.0
        var tail = [Double](repeating: 0, count: Int(size) + 1)
        for j in (1..<Int(size)).reversed() { tail[j] = tail[j + 1] + 1 / Double(j) }
        for i in 1..<Int(size) - 1 { g += tail[i + 1] / (size - Double(i)) }
        let both = 1 / n + 1 / m
        let a = (4 * g - 6) + (10 - 6 * g) * both
        let b = (2 * g - 4) * 4 + 16 * h + (2 * g - 14 * h - 4) * both - 8 * h + 4 * g - 6
        let c = (6 * h + 2 * g - 2) * 4 + (4 * h - 4 * g + 6) * 2 + (2 * h - 6) * both + 4 * h
        let d = (2 * h + 6) * 4 - 8 * h
        let variance = (((a * size + b) * size + c) * size + d) / ((size - 1) * (size - 2) * (size - 3))
        return variance > 0 ? variance.squareRoot() : nil
    }

    @Test(arguments: measures, 0..<8)
    func `a measure is a difference of means, as far as the grid tells`(measure: DriftMeasure, seed: Int) throws {
        for limit in [16, 1024] {
            let sides = Sides(seed, isTied: seed % 2 == 0, limit: limit)
            let potential = try #require(sides.potential(measure))
            let (value, slack) = try Self.whole(measure, sides)
            #expect((potential.difference - value).magnitude <= slack + 1e-9 * (1 + value.magnitude), "\(limit)")
        }
    }

    @Test(arguments: measures, 0..<8)
    func `what all segments add is the difference of means`(measure: DriftMeasure, seed: Int) throws {
        for limit in [16, 1024] {
            let sides = Sides(seed, isTied: seed % 2 == 0, limit: limit)
            let potential = try #require(sides.potential(measure))
            let sum = sides.changes(potential).reduce(0) { $0 + $1.total }
            #expect(isClose(sum, potential.difference, relative: 1e-9, absolute: 1e-11), "\(limit)")
        }
    }

    @Test(arguments: measures)
    func `a segment that only grew is mix, whatever else moved`(measure: DriftMeasure) throws {
        let steady = (0..<60).map { Double($0 % 6) }
        let sides = Sides(
            reference: [steady, (0..<60).map { Double($0 % 10) }],
            window: [steady + steady + steady, (0..<40).map { Double($0 % 4 + 5) }])
        let potential = try #require(sides.potential(measure))
        let changes = sides.changes(potential)
        #expect(changes[0].within.magnitude < 1e-12 && changes[0].mix.magnitude > 1e-3)
        #expect(changes[1].within.magnitude > 1e-3)
        let (value, slack) = try Self.whole(measure, sides)
        #expect((changes[0].total + changes[1].total - value).magnitude <= slack + 1e-9)
    }

    /// The functions by their definitions, at whole numbers.
    private static func function(_ measure: DriftMeasure, _ sides: Sides) -> (Double) -> Double {
        let (x, y) = (sides.reference.flatMap(\.self), sides.window.flatMap(\.self))
        let (n, m) = (Double(x.count), Double(y.count))
        let values = Set(x + y).sorted()
        func gap(_ value: Double, isBelow: Bool) -> Double {
            let count = { (rows: [Double]) in Double(rows.count { isBelow ? $0 < value : $0 <= value }) }
            return count(x) / n - count(y) / m
        }
        switch measure {
        case .wasserstein, .energy:
            return { place in
                zip(values, values.dropFirst()).filter { $0.1 <= place }.reduce(0.0) { sum, step in
                    let gap = gap(step.0, isBelow: false)
                    let rise = measure == .energy ? 2 * gap : gap > 0 ? 1 : gap < 0 ? -1 : 0
                    return sum + rise * (step.1 - step.0)
                }
            }
        case .cramerVonMises:
            return { place in
                values.reduce(0.0) { sum, value in
                    let held = Double(x.count { $0 == value }) / n + Double(y.count { $0 == value }) / m
                    let factor = n * m / (n + m) / 4 * held
                    let below = place < value ? gap(value, isBelow: true) : 0
                    return sum - factor * (below + (place <= value ? gap(value, isBelow: false) : 0))
                }
            }
        case .andersonDarling:
            let deviation = Self.deviation(n, m) ?? .nan
            return { place in
                values.reduce(0.0) { sum, value in
                    let all = x + y
                    let held = Double(all.count { $0 == value })
                    let rank = Double(all.count { $0 < value }) + held / 2
                    let weight = rank * (n + m - rank) - (n + m) * held / 4
                    let middle = (gap(value, isBelow: true) + gap(value, isBelow: false)) / 2
                    let factor = (n + m - 1) / (n + m) * n * m / deviation * held / weight * middle / 2
                    return sum - factor * ((place < value ? 1 : 0) + (place <= value ? 1 : 0))
                }
            }
        default:
            let (mean, other) = (x.reduce(0, +) / n, y.reduce(0, +) / m)
            let (u, v) = (
                x.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / n, y.reduce(0) { $0 + ($1 - other) * ($1 - other) } / m
            )
            if measure == .meanShift { return { $0 / u.squareRoot() } }
            let centre = (mean + other) / 2
            return { ($0 - centre) * ($0 - centre) * log(v / u) / (v - u) / 2 }
        }
    }

    @Test(arguments: measures, 0..<6)
    func `means over segments are those of the function by its definition`(measure: DriftMeasure, seed: Int) throws {
        var generator = SeededGenerator(seed: seed)
        func rows(_ count: Int, _ most: Int) -> [Double] {
            (0..<count).map { _ in Double(Int.random(in: 0...most, using: &generator)) }
        }
        let sides = Sides(
            reference: [rows(80, 9), Array(stride(from: 0.0, through: 9, by: 1))], window: [rows(50, 7), rows(30, 3)])
        let potential = try #require(sides.potential(measure))
        let function = Self.function(measure, sides)
        let mean = { (rows: [Double]) in rows.reduce(0) { $0 + function($1) } / Double(rows.count) }
        let base = mean(sides.reference.flatMap(\.self))
        for rows in sides.window + sides.reference {
            let found = try #require(potential.mean(of: sides.summary(rows), isWindow: true))
            #expect(isClose(found - potential.reference, mean(rows) - base, relative: 1e-9, absolute: 1e-9))
        }
    }

    @Test func `measures of bins have no such function, nor has a column without spread`() {
        let sides = Sides(reference: [[1, 1, 1, 1, 1]], window: [[1, 1, 2, 1, 1]])
        for measure in [DriftMeasure.psi, .ks, .meanShift, .spreadShift] { #expect(sides.potential(measure) == nil) }
        #expect(Sides(1, isTied: true).potential(.wasserstein)?.mean(of: sides.summary([]), isWindow: true) == nil)
    }
}

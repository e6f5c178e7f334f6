import Statistics

/// Folding one numeric value into its pane with 1,000 cut points, beside `PlainCounting`.
///
/// The fold does more: exact sums for each open cell, moments, extremes and nulls.
struct FoldBenchmark {
    private static let runs = 15
    private let grid: RankGrid
    private let cutPoints: [Double]
    private let column: [Double]
    /// Two rows of three, as when a batch is spread over panes.
    private let someRows: [Int32]

    init() throws {
        var numbers = NormalNumbers()
        let sorted = Set(numbers.column(20_000)).sorted()
        cutPoints = (0..<1000).map { sorted[$0 * sorted.count / 1000] }
        column = numbers.column(1_000_000, mean: 0.1)
        someRows = (0..<Int32(column.count)).filter { $0 % 3 != 0 }
        // The unit that a reference of these values freezes.
        let scale = RankGrid(freezing: sorted, limit: 1000).scale
        guard let grid = RankGrid(cutPoints: cutPoints, deciles: [], scale: scale) else { throw BenchmarkError.noGrid }
        self.grid = grid
    }

    /// The figures; each fold is timed right after the loop that it is compared with, so that both meet the same load.
    func lines() -> [Report] {
        let cases: [(name: String, rows: [Int32]?, batch: Int)] = [
            ("batches of 1,000 rows", nil, 1000), ("batches of 10,000 rows", nil, 10_000),
            ("1,000 rows picked from a batch", someRows, 1000), ("42 rows picked from a batch", someRows, 42),
        ]
        var watch = Stopwatch()
        var plain: [Double] = []
        var times = [[Double]](repeating: [], count: cases.count)
        var ratios = times
        for _ in 0..<Self.runs {
            let base = watch.nanoseconds(each: column.count) {
                var counting = PlainCounting(cutPoints: cutPoints)
                counting.fold(column)
                return Double(counting.counts[7])
            }
            plain.append(base)
            for (place, part) in cases.enumerated() {
                let time = watch.nanoseconds(each: part.rows?.count ?? column.count) {
                    Double(fold(rows: part.rows, batch: part.batch))
                }
                times[place].append(time)
                ratios[place].append(time / base)
            }
        }
        let first = Report(name: "plain binary search and count", value: plain.median, unit: "ns a value")
        return [first]
            + cases.indices.map {
                Report(
                    name: cases[$0].name, value: times[$0].median, unit: "ns a value",
                    beside: "ratio \(Report.rounded(ratios[$0].median)) (goal <= 0.4)")
            }
    }

    private func fold(rows: [Int32]?, batch: Int) -> Int {
        var summary = NumericSummary(grid: grid)
        var scratch = FoldScratch()
        let total = rows?.count ?? column.count
        for start in stride(from: 0, to: total, by: batch) {
            let range = start..<min(start + batch, total)
            if let rows {
                summary.fold(column.span, rows: rows.span.extracting(range), on: grid, scratch: &scratch)
            } else {
                summary.fold(column.span.extracting(range), on: grid, scratch: &scratch)
            }
        }
        return summary.count
    }
}

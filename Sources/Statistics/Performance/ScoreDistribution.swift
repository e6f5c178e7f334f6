/// The scores of rows, labelled or not, as stretches between cut points of a grid, or as single values.
package struct ScoreDistribution: Sendable {
    /// Rows whose scores lie in a stretch; a single score is its own low and high end.
    struct Stretch: Sendable {
        /// The ends; the outermost stretches of a grid are infinite on one side.
        let low: Double
        let high: Double
        /// A score inside: the mean where it is known.
        let middle: Double
        /// How many effective rows.
        let rows: Double

        /// Whether all scores lie on one side of a threshold, as in `score >= threshold`; nil where they lie on both.
        func isAbove(_ threshold: Double) -> Bool? {
            if low == high { return low >= threshold }
            return low >= threshold ? true : high <= threshold ? false : nil
        }
    }

    let stretches: [Stretch]

    /// How many effective rows have a score.
    package var rows: Double { stretches.reduce(0) { $0 + $1.rows } }

    /// The scores that were counted over the cells of a grid. O(occupied cells).
    package init(_ cells: GridCounts, grid: RankGrid, unit: Double = 1) {
        let cuts = grid.cutPoints
        var stretches: [Stretch] = []
        for (index, pair) in cells.occupied {
            let low = index > 0 ? cuts[index - 1] : -.infinity
            let high = index < cuts.count ? cuts[index] : .infinity
            if pair.open != 0 {
                let mean = grid.scale.real(pair.sum.real / Double(pair.open))
                let inside = cells.unsummed == 0 ? mean : low.isFinite && high.isFinite ? low / 2 + high / 2 : low
                let middle = min(max(inside, low), high)
                stretches.append(Stretch(low: low, high: high, middle: middle, rows: Double(pair.open) * unit))
            }
            if pair.point != 0 {
                stretches.append(Stretch(low: high, high: high, middle: high, rows: Double(pair.point) * unit))
            }
        }
        self.stretches = stretches
    }

    /// The scores of rows with a class, their classes left aside.
    package init(_ pairs: ScorePairs, unit: Double = 1) {
        self.init(pairs, unit: unit) { $0.positives &+ $0.negatives }
    }

    /// The scores of those rows that a count tells.
    init(_ pairs: ScorePairs, unit: Double, _ count: (ScorePairs.Tally) -> Int) {
        stretches = zip(pairs.keys, pairs.tallies).compactMap { key, tally in
            let (range, rows) = (pairs.range(ofKey: key), count(tally))
            guard rows != 0 else { return nil }
            return Stretch(
                low: range.lowerBound, high: range.upperBound, middle: pairs.score(ofKey: key),
                rows: Double(rows) * unit)
        }
    }

    /// How many effective rows have a score of at least a threshold: the least and the most that it can be.
    package func rows(atLeast threshold: Double) -> ClosedRange<Double> {
        var (least, most) = (0.0, 0.0)
        for stretch in stretches {
            let isAbove = stretch.isAbove(threshold)
            if isAbove != false { most += stretch.rows }
            if isAbove == true { least += stretch.rows }
        }
        return min(least, most)...max(least, most)
    }
}

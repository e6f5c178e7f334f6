extension RankGrid {
    /// Freezes the grid of a reference column: at most about `limit` cut points. O(n log n).
    ///
    /// All distinct values become cut points while they are at most `limit`, beside the decile edges. Beyond, cut points
    /// are chosen so that the fullest open interval holds as few reference values as possible; a value with more ties
    /// than that becomes a cut point of its own. The least and the greatest value always are, and the edges of
    /// `EqualWidthBins` where `limit` leaves room for them.
    ///
    /// - Parameters:
    ///   - values: the reference's values in any order; nulls and infinities are passed over.
    ///   - limit: the most cut points to aim for, at least 1.
    ///   - including: further cut points, such as the threshold that predictions go by; what is not finite is passed over.
    package init(freezing values: [Double], limit: Int, including: [Double] = []) {
        let sorted = values.filter(\.isFinite).map { $0 + 0 }.sorted()
        guard let least = sorted.first, let greatest = sorted.last else {
            self = .empty
            return
        }
        let deciles = LinearQuantile.deciles(ofSorted: sorted)
        let scale = FixedPointScale(
            usualMagnitude: deciles.reduce(0) { max($0, $1.magnitude) },
            largest: max(least.magnitude, greatest.magnitude))
        let further = including.filter { $0.isFinite && scale.fits($0) }.map { $0 + 0 }
        let runs = RankGrid.runs(ofSorted: sorted)
        let widths = limit >= EqualWidthBins.smallestLimit ? EqualWidthBins(ofSorted: sorted) : .none
        let edges = [widths.doane, widths.sturges].flatMap { EqualWidthBins.edges($0, from: least, to: greatest) ?? [] }
        let fixed = RankGrid.union(deciles, [least, greatest] + edges + further)
        var cuts = RankGrid.union(runs.map(\.value), fixed)
        if runs.count > limit {
            // The least capacity of an interval with which the cut points are few enough, by bisection.
            var (low, high) = (1, sorted.count)
            while low < high {
                let middle = (low + high) / 2
                if RankGrid.cover(runs, capacity: middle, fixed: fixed).count <= limit {
                    high = middle
                } else {
                    low = middle + 1
                }
            }
            cuts = RankGrid.cover(runs, capacity: low, fixed: fixed)
        }
        self.init(sortedCuts: cuts, deciles: deciles, scale: scale, equalWidths: widths)
    }

    /// The distinct values of a sorted column with how often each occurs.
    private static func runs(ofSorted sorted: [Double]) -> [(value: Double, count: Int)] {
        var runs: [(value: Double, count: Int)] = []
        for value in sorted {
            if let last = runs.last, last.value == value {
                runs[runs.count - 1].count += 1
            } else {
                runs.append((value, 1))
            }
        }
        return runs
    }

    /// The fewest cut points, besides the fixed ones, that leave no more than `capacity` values in any open interval.
    private static func cover(_ runs: [(value: Double, count: Int)], capacity: Int, fixed: [Double]) -> [Double] {
        var cuts: [Double] = []
        var held = 0
        var next = 0
        for run in runs {
            while next < fixed.count, fixed[next] <= run.value {
                if cuts.last != fixed[next] { cuts.append(fixed[next]) }
                held = 0
                next += 1
            }
            guard cuts.last != run.value else { continue }
            held += run.count
            if held > capacity {
                cuts.append(run.value)
                held = 0
            }
        }
        return cuts
    }

    /// The sorted union of two sets of numbers, the first of them sorted.
    private static func union(_ sorted: [Double], _ others: [Double]) -> [Double] {
        var all: [Double] = []
        for value in (sorted + others).sorted() where all.last != value { all.append(value) }
        return all
    }
}

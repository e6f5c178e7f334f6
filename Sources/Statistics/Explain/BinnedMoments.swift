/// Sums and sums of squares of the values of one side of a column, decile bin by decile bin, in units of the grid's scale.
///
/// Sums are exact. Of squares the total is exact, and so are those of values at cut points. Of an open interval count and sum are
/// known, hence the least that its squares can be, and by its ends the most. What the total has more than the least of all
/// intervals is spread over them in proportion to what each can take, and `doubt` says how far that may be off. Without values
/// between cut points it is 0. Beyond the outermost cut points an interval ends at the extremes. O(occupied cells).
struct BinnedMoments {
    /// One bin.
    struct Bin {
        /// How many values it holds.
        var count = 0
        /// The sum of their distances from the centre, in units of the scale.
        var offset: Int128 = 0
        /// The sum of the squared distances from the centre, in squared units.
        var squares = 0.0
        /// How far the true one may be from it.
        var doubt = 0.0
        /// What the squares of the bin's open intervals may be above their least.
        fileprivate var room = 0.0
    }

    /// The bins in ascending order, closed at the right.
    private(set) var bins: [Bin]
    /// The sum of squared distances from the centre over all bins.
    private(set) var squares = 0.0

    private let centre: Int128

    /// The mean in whole units of the scale, whose rounding no double shows; nil where moments have no mean.
    static func centre(of moments: Moments) -> Int128? {
        moments.mean == nil ? nil : moments.sum / Int128(moments.count)
    }

    /// Sums up a side around a centre, its own mean unless told otherwise; nil where it has no moments.
    init?(_ summary: NumericSummary, grid: RankGrid, centre: Int128? = nil) {
        let moments = summary.moments
        guard let own = Self.centre(of: moments), let deviation = moments.deviation else { return nil }
        guard summary.cells.unsummed == 0, summary.cells.pairCount == grid.pairCount, grid.count > 0 else { return nil }
        self.centre = centre ?? own
        bins = [Bin](repeating: Bin(), count: grid.decileIndices.count + 1)
        var bin = 0
        for (index, pair) in summary.cells.occupied {
            while bin < grid.decileIndices.count, grid.decileIndices[bin] < index { bin += 1 }
            if pair.point != 0, index < grid.count {
                bins[bin].add(grid.place(of: index) &- self.centre, times: pair.point)
            }
            guard pair.open != 0 else { continue }
            let low = index > 0 ? grid.guarded[index - 1] : summary.extremes.minimum
            let high = index < grid.count ? grid.guarded[index] : summary.extremes.maximum
            bins[bin].add(
                open: pair.open, sum: pair.sum &- Int128(pair.open) &* self.centre,
                from: place(low, grid), to: place(high, grid))
        }
        let offset = (own &- self.centre).real
        share(out: deviation + Double(moments.count) * offset * offset)
    }

    /// A value's distance from the centre; nil for none.
    private func place(_ value: Double?, _ grid: RankGrid) -> Double? {
        value.flatMap { grid.scale.fits($0) ? (grid.scale.quantised($0) &- centre).real : nil }
    }

    /// Spreads what the squares of all values have above the least over the open intervals.
    private mutating func share(out total: Double) {
        let excess = max(total - bins.reduce(0) { $0 + $1.squares }, 0)
        let room = bins.reduce(0) { $0 + $1.room }
        if room > 0 {
            for bin in bins.indices {
                let own = bins[bin].room
                let likely = excess * (own / room)
                let (least, most) = (max(excess - (room - own), 0), min(own, excess))
                bins[bin].squares += likely
                bins[bin].doubt = max(most - likely, likely - least, 0)
            }
        }
        squares = bins.reduce(0) { $0 + $1.squares }
    }

    /// The same in the unit of the column, sums from 0 and squares from the centre.
    func sums(_ scale: FixedPointScale) -> [MomentTerms.Sums] {
        bins.map { bin in
            MomentTerms.Sums(
                values: scale.real((bin.offset &+ Int128(bin.count) &* centre).real),
                squares: scale.real(scale.real(bin.squares)))
        }
    }
}

extension BinnedMoments.Bin {
    /// Adds equal values at a distance from the centre.
    fileprivate mutating func add(_ distance: Int128, times: Int) {
        count &+= times
        offset &+= distance &* Int128(times)
        squares += distance.real * distance.real * Double(times)
    }

    /// Adds values of an open interval with the sum of their distances from the centre.
    fileprivate mutating func add(open: Int, sum: Int128, from low: Double?, to high: Double?) {
        count &+= open
        offset &+= sum
        let mean = sum.real / Double(open)
        squares += sum.real * mean
        guard open > 1, let low, let high else { return }
        room += max(Double(open) * (mean - low) * (high - mean), 0)
    }
}

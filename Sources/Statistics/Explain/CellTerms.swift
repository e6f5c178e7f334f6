/// What each decile bin adds to a measure that is a sum over the cells of a grid, or over groups of equal values.
///
/// Bins are closed at the right. Each term has the bound of its own cells. The terms add up to the value, or for the energy
/// distance to its square. They cannot be computed from the counts of the bins, because they need those of the cells. O(K).
package struct CellTerms: Hashable, Sendable {
    /// The term of each bin in ascending order.
    package let terms: [Double]
    /// How far each true term may be from it.
    package let errorBounds: [Double]

    private init?(_ terms: [(term: Double, errorBound: Double)]) {
        guard terms.allSatisfy({ $0.term.isFinite && $0.errorBound.isFinite }) else { return nil }
        self.terms = terms.map(\.term)
        errorBounds = terms.map(\.errorBound)
    }

    /// Of a Wasserstein distance, in the unit of the column: the area between the functions over each bin. Nil where that is.
    package static func wasserstein(reference: GridCounts, window: GridCounts, grid: RankGrid) -> Self? {
        areas(reference, window, grid, Extremes()) { area, bin in
            (least: area[.least, bin], likely: (area[.least, bin] + area[.most, bin]) / 2, most: area[.most, bin])
        }
    }

    /// Of the square of an energy distance, in the unit of the column: twice the integral of the squared gap over each bin.
    ///
    /// The extremes of both sides together narrow what lies beyond the outermost cut points. Nil where the distance is.
    package static func energy(
        reference: GridCounts, window: GridCounts, grid: RankGrid, extremes: Extremes = Extremes()
    ) -> Self? {
        areas(reference, window, grid, extremes) { area, bin in
            let least = max(area[.leastSquare, bin], 0)
            let most = max(area[.mostSquare, bin], least)
            let likely = min(max(area[.likelySquare, bin], least), most)
            return (2 * least, 2 * likely, 2 * most)
        }
    }

    private static func areas(
        _ reference: GridCounts, _ window: GridCounts, _ grid: RankGrid, _ extremes: Extremes,
        _ bounds: (BinnedSums<GridArea>, Int) -> (least: Double, likely: Double, most: Double)
    ) -> Self? {
        guard reference.count > 0, window.count > 0, grid.count > 0 else { return nil }
        guard reference.unsummed == 0, window.unsummed == 0 else { return nil }
        let area = BinnedSums(
            GridArea(grid: grid, extremes: extremes), reference: reference, window: window, grid: grid)
        return Self(
            area.bins.map { bin in
                let (least, likely, most) = bounds(area, bin)
                let spread = max(most - likely, likely - least, 0)
                return (grid.scale.real(likely), grid.scale.real(spread))
            })
    }

    /// Of the statistic of Cramer and von Mises: the squared gaps and ties of each bin, and its share of the rows of the part
    /// that depends on the sizes alone. Nil where the statistic is.
    package static func cramerVonMises(
        reference: GridCounts, window: GridCounts, grid: RankGrid, sizes: SampleSizes? = nil
    ) -> Self? {
        guard reference.count > 0, window.count > 0 else { return nil }
        let source = CramerVonMises.Accumulator(reference.count, window.count, sizes)
        guard source.rows.areUsable else { return nil }
        let sums = BinnedSums(source, reference: reference, window: window, grid: grid)
        let shares = shares(reference, window, grid)
        return Self(
            sums.bins.map { bin in
                let whole = CramerVonMises.Parts(
                    squares: sums[.squares, bin], bound: sums[.bound, bin],
                    cubes: (sums[.referenceCubes, bin], sums[.windowCubes, bin]),
                    open: (sums[.referenceOpen, bin], sums[.windowOpen, bin])
                ).statistic(source.rows)
                let size = CramerVonMises.sizeTerm(source.rows) * (shares[bin].reference + shares[bin].window) / 2
                return (whole.value + size, whole.bound)
            })
    }

    /// Of the statistic of Anderson and Darling: the weighed squared gaps of each bin less what they are on average without
    /// drift, which is the bin's share of all rows, in deviations of the whole. Nil where the statistic is.
    package static func andersonDarling(
        reference: GridCounts, window: GridCounts, grid: RankGrid, sizes: SampleSizes? = nil
    ) -> Self? {
        guard AndersonDarling(reference: reference, window: window, sizes: sizes) != nil else { return nil }
        let source = AndersonDarling.Accumulator(reference.count, window.count, sizes)
        let (n, m) = (source.rows.reference, source.rows.window)
        guard let deviation = AndersonDarling.deviation(n, m) else { return nil }
        let sums = BinnedSums(source, reference: reference, window: window, grid: grid)
        let shares = shares(reference, window, grid)
        let scale = (n + m - 1) / (n + m) * n * m
        return Self(
            sums.bins.map { bin in
                let expected = (n * shares[bin].reference + m * shares[bin].window) / (n + m)
                return ((scale * sums[.sum, bin] - expected) / deviation, scale * sums[.bound, bin] / deviation)
            })
    }

    /// The shares of both sides that fall into each bin.
    private static func shares(
        _ reference: GridCounts, _ window: GridCounts, _ grid: RankGrid
    ) -> [(reference: Double, window: Double)] {
        let counts = DecileBins(reference: reference, window: window, grid: grid, closing: .right).counts
        return zip(counts.reference, counts.window).map { before, after in
            (Double(before) / Double(counts.referenceTotal), Double(after) / Double(counts.windowTotal))
        }
    }
}

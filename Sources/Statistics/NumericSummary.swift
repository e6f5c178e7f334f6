/// Everything that is counted of one numeric column in one stretch of event time.
///
/// Adds up and leaves again except for `extremes` and `distinct`, which only grow: after `subtract` they are outer bounds,
/// and a sliding window sets them from a `SlidingUnion`. A summary that becomes empty has none.
package struct NumericSummary: MergeableSummary {
    /// How many values were null, whatever the reason.
    package internal(set) var missing = 0
    /// How many of the nulls stand for a value of another type.
    package internal(set) var typeErrors = 0
    /// How many values lay outside the range that the schema declares.
    package internal(set) var outOfRange = 0
    /// The counts over the cells of the reference's grid.
    package internal(set) var cells: GridCounts
    /// Count, mean and variance.
    package internal(set) var moments: Moments
    /// The least and the greatest value.
    package var extremes = Extremes()
    /// Which distinct values there are.
    package var distinct = DistinctSketch(.column)
    /// The values while they are few.
    var values = FewValues.none

    /// Nothing counted yet; without a reference the grid is `RankGrid.empty`.
    package init(grid: RankGrid = .empty) {
        cells = GridCounts(grid: grid)
        moments = Moments(scale: grid.scale)
    }

    init(
        missing: Int, typeErrors: Int, outOfRange: Int, cells: GridCounts, moments: Moments, extremes: Extremes,
        distinct: DistinctSketch, values: FewValues = .unknown
    ) {
        self.missing = missing
        self.typeErrors = typeErrors
        self.outOfRange = outOfRange
        self.cells = cells
        self.moments = moments
        self.extremes = extremes
        self.distinct = distinct
        self.values = values
    }

    /// A summary of the same grid that counted nothing.
    package var emptied: NumericSummary {
        NumericSummary(
            missing: 0, typeErrors: 0, outOfRange: 0, cells: GridCounts(pairCount: cells.pairCount),
            moments: Moments(scale: moments.scale), extremes: Extremes(), distinct: DistinctSketch(.column),
            values: .none)
    }

    /// How many values were not null.
    package var count: Int { moments.count }

    /// How many distinct values there are; nil where some were counted before distinct values were.
    ///
    /// Certain bounds come from the cells: a cut point holds one value, an open interval at least one and at most as many as
    /// it has rows. So it is exact where all values are cut points, whatever the sketch says.
    package var distinctCount: DistinctCount? {
        let (least, most) = cells.distinctRange
        guard least < most else { return DistinctCount(value: Double(least), errorBound: 0) }
        return distinct.count?.held(from: Double(least), to: Double(most))
    }

    /// Whether its counts are kept for every cell.
    package var isDense: Bool { cells.isDense }

    package var isEmpty: Bool { moments.isEmpty && missing == 0 && typeErrors == 0 && outOfRange == 0 }

    /// Counts a column or some of its rows. O(log K) a value.
    ///
    /// - Parameters:
    ///   - values: the column; NaN stands for null.
    ///   - rows: which rows to take, nil for all of them.
    ///   - typeErrors: how many of these rows are null because their value had another type.
    ///   - range: what the schema declares; values outside are counted like all others and in `outOfRange`.
    ///   - grid: the grid that this summary was made for.
    ///   - scratch: reused memory.
    package mutating func fold(
        _ values: Span<Double>, rows: Span<Int32>? = nil, typeErrors: Int = 0, range: ClosedRange<Double>? = nil,
        on grid: RankGrid, scratch: inout FoldScratch
    ) {
        var batch = Extremes()
        missing &+= cells.fold(
            values, rows: rows, on: grid, scratch: &scratch, moments: &moments, extremes: &batch, distinct: &distinct)
        self.values.fold(values, rows: rows)
        self.typeErrors &+= typeErrors
        extremes.merge(batch)
        guard let range, let least = batch.minimum, let greatest = batch.maximum else { return }
        guard least < range.lowerBound || greatest > range.upperBound else { return }
        outOfRange &+= NumericSummary.outside(range, values, rows: rows)
    }

    private static func outside(_ range: ClosedRange<Double>, _ values: Span<Double>, rows: Span<Int32>?) -> Int {
        var outside = 0
        let total = rows?.count ?? values.count
        for position in 0..<total {
            var row = position
            if let rows { row = Int(rows[position]) }
            let value = values[row]
            outside &+= value < range.lowerBound || value > range.upperBound ? 1 : 0
        }
        return outside
    }

    /// Makes ready to add many others until ``gatherUp()``; each then costs what it holds, not what is there. O(K).
    package mutating func spreadOut() { cells.spreadOut() }

    /// Ends what ``spreadOut()`` began. O(K).
    package mutating func gatherUp() { cells.gatherUp() }

    /// Takes the form that needs the least memory. O(K).
    package mutating func makeSmall() { cells.makeSmall() }

    package mutating func merge(_ other: NumericSummary) {
        var values = values
        values.merge(other.values)
        mergeAdditive(other)
        distinct.merge(other.distinct)
        self.values = values
    }

    /// Forgets which distinct values there are: for those who do not read these.
    package mutating func forgetDistinct() {
        distinct = DistinctSketch(.column)
        values = .unknown
    }

    /// Adds what another summary counted, without its distinct values: for those who do not read these.
    package mutating func mergeAdditive(_ other: NumericSummary) {
        cells.merge(other.cells)
        mergeRest(other)
    }

    /// Adds what one column of each of four others counted, without distinct values. Dense cells are gone through at once.
    ///
    /// The columns are read where they stand: to copy one counts a dozen references.
    package mutating func mergeAdditive(
        _ place: Int, _ one: [NumericSummary], _ two: [NumericSummary], _ three: [NumericSummary],
        _ four: [NumericSummary]
    ) {
        guard cells.isDense, one[place].cells.isDense, two[place].cells.isDense, three[place].cells.isDense,
            four[place].cells.isDense
        else {
            for others in [one, two, three, four] { mergeAdditive(others[place]) }
            return
        }
        cells.tallies.add(
            one[place].cells.tallies, two[place].cells.tallies, three[place].cells.tallies, four[place].cells.tallies)
        cells.sums.add(one[place].cells.sums, two[place].cells.sums, three[place].cells.sums, four[place].cells.sums)
        takeCounted(one[place])
        takeCounted(two[place])
        takeCounted(three[place])
        takeCounted(four[place])
        cells.settle()
    }

    /// Adds all but what each cell holds and distinct values.
    @inline(__always)
    private mutating func takeCounted(_ other: NumericSummary) {
        cells.count(other.cells.count, unsummed: other.cells.unsummed)
        mergeRest(other)
    }

    /// The extremes of one of many columns, which is not copied for it.
    package static func extremes(of columns: [NumericSummary], at place: Int) -> Extremes { columns[place].extremes }

    /// Adds all but cells and distinct values.
    @inline(__always)
    private mutating func mergeRest(_ other: NumericSummary) {
        missing &+= other.missing
        typeErrors &+= other.typeErrors
        outOfRange &+= other.outOfRange
        moments.merge(other.moments)
        extremes.merge(other.extremes)
        values = .unknown
    }

    package mutating func subtract(_ other: NumericSummary) {
        missing &-= other.missing
        typeErrors &-= other.typeErrors
        outOfRange &-= other.outOfRange
        cells.subtract(other.cells)
        moments.subtract(other.moments)
        values = .unknown
        guard moments.isEmpty else { return }
        values = .none
        extremes = Extremes()
        distinct = DistinctSketch(.column)
    }
}

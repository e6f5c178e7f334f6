/// Checks parts of a numeric column and puts them together.
struct NumericPartsCheck {
    private let parts: NumericParts
    private let grid: RankGrid

    init(_ parts: NumericParts, _ grid: RankGrid) {
        self.parts = parts
        self.grid = grid
    }

    /// The counts over the grid.
    mutating func cells() throws(PartsError) -> GridCounts {
        try checkShape()
        var cells = GridCounts(grid: grid)
        for index in 0..<grid.pairCount {
            let point = index < parts.point.count ? parts.point[index] : 0
            try Self.check(parts.open[index], at: "/open/\(index)")
            try Self.check(point, at: "/at/\(index)")
            let pair = CellPair(open: parts.open[index], point: point, sum: parts.sums[index])
            guard pair.open > 0 || pair.sum == 0 else {
                throw PartsError("/sums/\(index)", "an interval without values has the sum 0")
            }
            cells.append(Int32(truncatingIfNeeded: index), pair)
            cells.count += pair.open + pair.point
            guard cells.count <= NumericParts.mostRows else { throw PartsError("/open/\(index)", Self.tooMany) }
        }
        cells.unsummed = parts.unsummed
        cells.settle()
        let outermost = grid.pairCount == 1 ? parts.open[0] : parts.open[0] + parts.open[grid.pairCount - 1]
        guard parts.unsummed <= outermost else {
            throw PartsError("/unsummed", "only values of the outermost intervals can be too large")
        }
        guard parts.typeErrors <= parts.missing else {
            throw PartsError("/type_errors", "values of another type are among the missing ones")
        }
        guard parts.outOfRange <= cells.count else {
            throw PartsError("/out_of_range", "there are not so many values")
        }
        return cells
    }

    private static let tooMany = "give at most \(NumericParts.mostRows) rows"

    private func checkShape() throws(PartsError) {
        for (place, found, expected) in [
            ("/open", parts.open.count, grid.count + 1), ("/at", parts.point.count, grid.count),
            ("/sums", parts.sums.count, grid.count + 1), ("/squares", parts.squares.count, 3),
        ] where found != expected {
            throw PartsError(place, "give \(expected) entries; there are \(found)")
        }
        try Self.check(parts.missing, at: "/missing")
        try Self.check(parts.typeErrors, at: "/type_errors")
        try Self.check(parts.outOfRange, at: "/out_of_range")
        try Self.check(parts.unsummed, at: "/unsummed")
    }

    private static func check(_ count: Int, at place: String) throws(PartsError) {
        guard count >= 0 else { throw PartsError(place, "a count is not negative") }
        guard count <= NumericParts.mostRows else { throw PartsError(place, tooMany) }
    }

    /// The moments, whose sum follows from the cells.
    func moments(of cells: GridCounts) throws(PartsError) -> Moments {
        var sum: Int128 = 0
        for (index, pair) in cells.occupied {
            let place = PartsError("/sums/\(index)", "the sums are too large for so many values")
            var part = (partialValue: Int128(0), overflow: false)
            if pair.point > 0 {
                part = grid.scale.quantised(grid.guarded[index]).multipliedReportingOverflow(by: Int128(pair.point))
            }
            let (half, first) = sum.addingReportingOverflow(pair.sum)
            let (whole, second) = half.addingReportingOverflow(part.partialValue)
            guard !part.overflow, !first, !second else { throw place }
            sum = whole
        }
        let squares = SquareSum(low: parts.squares[0], middle: parts.squares[1], high: parts.squares[2])
        let summed = cells.count - parts.unsummed
        let isPossible = summed > 0 ? squares.spread(count: summed, total: sum) != nil : squares == SquareSum()
        guard isPossible, summed > 0 || sum == 0 else {
            throw PartsError("/squares", "no values have these sums and this sum of squares")
        }
        return Moments(scale: grid.scale, count: cells.count, unsummed: parts.unsummed, sum: sum, squares: squares)
    }

    /// The extremes, which lie in the outermost occupied cells.
    func extremes(of cells: GridCounts) throws(PartsError) -> Extremes {
        guard cells.count > 0 else {
            guard parts.minimum == nil, parts.maximum == nil else {
                throw PartsError("/minimum", "a column without values has no extremes")
            }
            return Extremes()
        }
        guard let minimum = parts.minimum, minimum.isFinite else { throw PartsError("/minimum", "give a number") }
        guard let maximum = parts.maximum, maximum.isFinite else { throw PartsError("/maximum", "give a number") }
        guard minimum <= maximum else { throw PartsError("/maximum", "it is below the minimum") }
        var occupied: [Int] = []
        for (index, pair) in cells.occupied {
            if pair.open > 0 { occupied.append(2 * index) }
            if pair.point > 0 { occupied.append(2 * index + 1) }
        }
        guard grid.cell(of: minimum) == occupied.first else {
            throw PartsError("/minimum", "it does not lie in the first cell that has values")
        }
        guard grid.cell(of: maximum) == occupied.last else {
            throw PartsError("/maximum", "it does not lie in the last cell that has values")
        }
        return Extremes(minimum, maximum)
    }

    /// That there are no extremes.
    func noExtremes() throws(PartsError) -> Extremes {
        guard parts.minimum == nil, parts.maximum == nil else {
            throw PartsError("/minimum", "extremes are told of the rows alone")
        }
        return Extremes()
    }

    /// Whether each sum is one that so many values of its interval can have; without extremes, of the inner intervals.
    func sums(within extremes: Extremes) throws(PartsError) {
        let (minimum, maximum) = (extremes.minimum, extremes.maximum)
        for index in 0..<grid.pairCount where parts.open[index] > 0 {
            let isOutermost = index == 0 || index == grid.pairCount - 1
            // What does not fit the sums is not part of them.
            if isOutermost, parts.unsummed > 0 || minimum == nil || maximum == nil { continue }
            let low = index > 0 ? max(grid.guarded[index - 1], minimum ?? -.infinity) : minimum ?? -.infinity
            let high = index < grid.count ? min(grid.guarded[index], maximum ?? .infinity) : maximum ?? .infinity
            let place = PartsError("/sums/\(index)", "no \(parts.open[index]) values of this interval have this sum")
            guard grid.scale.fits(low), grid.scale.fits(high) else { throw place }
            let count = Int128(parts.open[index])
            let (least, first) = grid.scale.quantised(low).multipliedReportingOverflow(by: count)
            let (most, second) = grid.scale.quantised(high).multipliedReportingOverflow(by: count)
            guard !first, !second, least <= parts.sums[index], parts.sums[index] <= most else { throw place }
        }
    }
}

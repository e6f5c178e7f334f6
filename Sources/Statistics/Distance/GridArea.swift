/// The area between two distribution functions and that of its square, added up cell by cell in ascending order.
///
/// Gaps are integers over `n m`; positions and sums are integers in units of the grid's scale, in which areas are measured as
/// well. They become doubles only when they are multiplied.
struct GridArea: PartAccumulator {
    /// What is added up: the least and the most that the area can be, the same of the integral of the squared gap, and what
    /// that is where values are spread evenly. In units of the scale.
    enum Part: Int, CellPart {
        case least, most, leastSquare, mostSquare, likelySquare
        static let count = 5
    }

    private let grid: RankGrid
    private let outermost: (least: Double?, greatest: Double?)
    /// What is added up so far, by places of chunks.
    private(set) var sums = CellSums<Part>()
    /// What is known of the cells of a chunk.
    private var areas = CellSums<CellAreas>()

    /// Nothing added yet. `extremes` of both sides together narrow what lies beyond the outermost cut points.
    init(grid: RankGrid, extremes: Extremes = Extremes()) {
        self.grid = grid
        outermost = (extremes.minimum, extremes.maximum)
    }

    var least: Double { sums.sum(.least) }
    var most: Double { sums.sum(.most) }
    var leastSquare: Double { sums.sum(.leastSquare) }
    var mostSquare: Double { sums.sum(.mostSquare) }
    var likelySquare: Double { sums.sum(.likelySquare) }

    /// From the first cut point to the last, in units of the scale.
    var span: Double { grid.count > 0 ? (grid.place(of: grid.count - 1) &- grid.place(of: 0)).real : 0 }

    /// The root of an area in units of the scale, in the root of the column's unit.
    func root(of units: Double) -> Double {
        let exponent = grid.scale.unitExponent
        let isOdd = exponent & 1 != 0
        return Double(
            sign: .plus, exponent: (exponent - (isOdd ? 1 : 0)) / 2,
            significand: (isOdd ? 2 * units : units).squareRoot())
    }

    mutating func clear() { sums = CellSums() }

    mutating func add(_ cells: borrowing CellChunk) {
        CellAreas.measure(cells, grid, into: &areas)
        Self.addCells(cells, &areas, to: &sums)
        for place in 0..<CellColumns.places where areas[.isStepped, place] != 0 { addSteps(cells, place) }
        if cells.start == 0 { addOuter(cells, 0, from: 0, to: outermost.least) }
        let last = grid.count - cells.start
        if last > 0, last < CellColumns.places { addOuter(cells, last, from: grid.count - 1, to: outermost.greatest) }
    }

    private static func addCells(
        _ cells: borrowing CellChunk, _ areas: inout CellSums<CellAreas>, to sums: inout CellSums<Part>
    ) {
        let (each, other, step) = (cells.reference.each, cells.window.each, cells.step)
        let columns = cells.columns
        var areas = areas.places
        var sums = sums.places
        for place in 0..<CellColumns.places {
            let (opens, counts) = (columns[.referenceOpen, place], columns[.windowOpen, place])
            let width = areas[.width, place]
            let cell = CellRange(
                width: width, areas: (areas[.reference, place], areas[.window, place]),
                held: opens * each + counts * other,
                gaps: (columns[.before, place] * step, columns[.between, place] * step),
                levels: (columns[.lowest, place] * step, columns[.highest, place] * step))
            let square = cell.square(isSingle: opens + counts <= 1)
            // Written so that nothing is skipped: what is left out is worked out as well.
            let isFew = greater(opens, counts) <= 1
            let isStepped = (isFew ? (cell.crosses ? width : 0) : 0) > 0
            areas[.isStepped, place] = isStepped ? 1 : 0
            sums[.least, place] += isStepped ? 0 : cell.least
            sums[.most, place] += isStepped ? 0 : cell.most
            addSquare(isStepped ? 0 : square.least, isStepped ? 0 : square.most, to: &sums, place)
        }
    }

    @inline(__always)
    private static func addSquare(
        _ low: Double, _ high: Double, to sums: inout CellSums<Part>.Places, _ place: Int
    ) {
        let top = greater(low, high)
        sums[.leastSquare, place] += low
        sums[.mostSquare, place] += top
        sums[.likelySquare, place] += low + (top - low) * (1.0 / 3)
    }

    /// An open cell in which the functions may cross and each side has at most one value.
    private mutating func addSteps(_ cells: borrowing CellChunk, _ place: Int) {
        let (index, columns) = (cells.start + place, cells.columns)
        let known = CellSteps(
            reference: cells.reference.cells[place], window: cells.window.cells[place],
            from: grid.place(of: index - 1), to: grid.place(of: index), before: columns[.before, place] * cells.step,
            between: columns[.between, place] * cells.step, each: (cells.reference.each, cells.window.each))
        var sums = sums.places
        sums[.least, place] += known.area
        sums[.most, place] += known.area
        Self.addSquare(known.square, known.square, to: &sums, place)
    }

    /// Beyond the outermost cut point one function is flat, and each side's area is that to the cut point.
    private mutating func addOuter(_ cells: borrowing CellChunk, _ place: Int, from cut: Int, to end: Double?) {
        let columns = cells.columns
        let (reference, window) = (columns[.referenceOpen, place], columns[.windowOpen, place])
        guard reference != 0 || window != 0 else { return }
        let border = grid.place(of: cut)
        let one = cells.reference.cells.area(place, below: border).real.magnitude * cells.reference.each
        let other = cells.window.cells.area(place, below: border).real.magnitude * cells.window.each
        let high = reference * cells.reference.each * one + window * cells.window.each * other
        var low = 0.0
        if reference + window == 1 {
            low = high
        } else if let end, grid.scale.fits(end) {
            let width = (grid.scale.quantised(end) &- border).magnitude.real
            if width > 0 { low = (one - other) * (one - other) / width }
        }
        var sums = sums.places
        sums[.least, place] += (one - other).magnitude
        sums[.most, place] += columns.isMixed(place) ? one + other : (one - other).magnitude
        Self.addSquare(min(low, high), high, to: &sums, place)
    }
}

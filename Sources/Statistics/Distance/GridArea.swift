/// The area between two distribution functions and that of its square, added up cell by cell in ascending order.
///
/// Gaps are integers over `n m`; positions and sums are integers in units of the grid's scale, in which areas are measured as
/// well. They become doubles only when they are multiplied.
struct GridArea: CellAccumulator {
    typealias Lanes = CellChunk.Lanes

    /// What is added up: the least and the most that the area can be, the same of the integral of the squared gap, and what
    /// that is where values are spread evenly. In units of the scale.
    private struct Sums {
        var least = Lanes()
        var most = Lanes()
        var leastSquare = Lanes()
        var mostSquare = Lanes()
        var likelySquare = Lanes()

        @inline(__always)
        mutating func addSquares(_ low: Lanes, _ high: Lanes) {
            let top = Lanes.greater(low, high)
            leastSquare += low
            mostSquare += top
            likelySquare += low + (top - low) * (1.0 / 3)
        }

        @inline(__always)
        mutating func addFlat(_ level: Lanes, _ width: Lanes) {
            let area = level.magnitudes * width
            least += area
            most += area
            addSquares(level * level * width, level * level * width)
        }
    }

    private let grid: RankGrid
    private let outermost: (least: Double?, greatest: Double?)
    private var sums = Sums()
    /// The same of cells that are looked at one by one.
    private var further = Sums()
    /// The gap behind the last index pair as a share, its index, and where its cut point lies.
    private var level = 0.0
    private var position = -1
    private var place = Int128(0)

    /// Nothing added yet. `extremes` of both sides together narrow what lies beyond the outermost cut points.
    init(grid: RankGrid, extremes: Extremes = Extremes()) {
        self.grid = grid
        outermost = (extremes.minimum, extremes.maximum)
    }

    var least: Double { (sums.least + further.least).sum() }
    var most: Double { (sums.most + further.most).sum() }
    var leastSquare: Double { (sums.leastSquare + further.leastSquare).sum() }
    var mostSquare: Double { (sums.mostSquare + further.mostSquare).sum() }
    var likelySquare: Double { (sums.likelySquare + further.likelySquare).sum() }

    /// From the first cut point to the last, in units of the scale.
    var span: Double { grid.count > 0 ? (cut(grid.count - 1) &- cut(0)).real : 0 }

    /// The root of an area in units of the scale, in the root of the column's unit.
    func root(of units: Double) -> Double {
        let exponent = grid.scale.unitExponent
        let isOdd = exponent & 1 != 0
        return Double(
            sign: .plus, exponent: (exponent - (isOdd ? 1 : 0)) / 2,
            significand: (isOdd ? 2 * units : units).squareRoot())
    }

    mutating func add(_ cells: borrowing CellChunk) {
        for block in 0..<cells.blockCount { add(cells, block) }
    }

    /// Adds the stretch up to a cut point at which nothing is counted.
    mutating func advance(to index: Int) {
        guard index > position else { return }
        let border = cut(index)
        if position >= 0 { further.addFlat(Lanes(level, 0), Lanes((border &- place).real, 0)) }
        (position, place) = (index, border)
    }

    /// An index pair in units of the scale.
    private struct Span {
        /// From the last index pair to where the open cell begins, and the cell itself; 0 beyond the outermost cut points.
        var jump = 0.0
        var width = 0.0
        /// The area that each side's values span up to the cut point, as shares: negative if they lie above it.
        var reference = 0.0
        var window = 0.0
    }

    @inline(__always)
    private mutating func add(_ cells: borrowing CellChunk, _ index: Int) {
        let first = index &* CellChunk.lanes
        let (one, two) = (span(cells, first), span(cells, first &+ 1))
        let (width, jump) = (Lanes(one.width, two.width), Lanes(one.jump, two.jump))
        let reference = Lanes(one.reference, two.reference)
        let window = Lanes(one.window, two.window)
        let block = cells[index]
        let (before, between) = (block.before * cells.step, block.between * cells.step)
        if jump != Lanes() { sums.addFlat(before, jump) }
        let areas = reference - window
        let signed = before * width + areas
        let (bottom, top) = (block.lowest * cells.step, block.highest * cells.step)
        let crosses = (block.lowest .< 0) .& (block.highest .> 0)
        let isStepped = crosses .& (block.reference.open .<= 1) .& (block.window.open .<= 1) .& (width .> 0)
        // One reciprocal for all that is divided by.
        let product = width * (top - bottom)
        let part = 1 / product.replacing(with: 1, where: product .== 0)
        let least = signed.magnitudes
        // A gap of a given integral that takes only the two outermost levels has the largest area.
        let share = Lanes.smaller(Lanes.greater((signed - bottom * width) * part, Lanes()), Lanes(repeating: 1))
        let levels = width * (share * top - (1 - share) * bottom)
        let spanned = reference + window
        let held = block.reference.open * cells.each.reference + block.window.open * cells.each.window
        let rising = before.magnitudes * width + spanned
        let falling = between.magnitudes * width - spanned + held * width
        let most = Lanes.greater(least, Lanes.smaller(levels, Lanes.smaller(rising, falling)))
        sums.least += least.replacing(with: 0, where: isStepped)
        sums.most += least.replacing(with: most, where: crosses).replacing(with: 0, where: isStepped)
        // The squared gap inside a cell, from its integral and its range; known with a single value.
        let high = (bottom + top) * signed - bottom * top * width
        let low = Lanes.smaller(signed * signed * (part * (top - bottom)), high)
        let isSingle = (block.reference.open + block.window.open) .<= 1
        sums.addSquares(
            low.replacing(with: high, where: isSingle).replacing(with: 0, where: isStepped),
            high.replacing(with: 0, where: isStepped))
        if isStepped.isAny { addSteps(cells, block, first, where: isStepped) }
        level = block.after[CellChunk.lanes &- 1] * cells.step
    }

    /// Goes on to an index pair of a chunk; beyond the outermost cut points its values are added.
    @inline(__always)
    private mutating func span(_ cells: borrowing CellChunk, _ number: Int) -> Span {
        guard number < cells.count else { return Span() }
        let index = cells.index(number)
        var (span, low) = (Span(), place)
        if index > 0, index &- 1 != position {
            low = cut(index &- 1)
            if position >= 0 { span.jump = (low &- place).real }
        }
        let high = index < grid.count ? cut(index) : low
        (position, place) = (index, high)
        let (reference, window) = (cells.reference(number), cells.window(number))
        span.reference = (Int128(reference.open) &* high &- reference.sum).real * cells.each.reference
        span.window = (Int128(window.open) &* high &- window.sum).real * cells.each.window
        guard index > 0, index < grid.count else {
            addOuter(cells, number, span, at: high)
            return Span(jump: span.jump)
        }
        span.width = (high &- low).real
        return span
    }

    /// A cut point in units of the scale.
    @inline(__always)
    private func cut(_ index: Int) -> Int128 {
        grid.scale.quantised(grid.guarded[index])
    }

    /// Open cells in which the functions may cross and each side has at most one value.
    private mutating func addSteps(
        _ cells: borrowing CellChunk, _ block: CellBlock, _ first: Int, where stepped: SIMDMask<SIMD2<Int64>>
    ) {
        for lane in 0..<CellChunk.lanes where stepped[lane] {
            let index = cells.index(first &+ lane)
            let known = CellSteps(
                reference: cells.reference(first &+ lane), window: cells.window(first &+ lane),
                from: cut(index &- 1), to: cut(index), before: block.before[lane] * cells.step,
                between: block.between[lane] * cells.step, each: cells.each)
            further.least[0] += known.area
            further.most[0] += known.area
            further.addSquares(Lanes(known.square, 0), Lanes(known.square, 0))
        }
    }

    /// Beyond the outermost cut point one function is flat, and each side's area is that to the cut point.
    private mutating func addOuter(_ cells: borrowing CellChunk, _ number: Int, _ span: Span, at border: Int128) {
        let (reference, window) = (cells.reference(number).open, cells.window(number).open)
        guard reference != 0 || window != 0 else { return }
        let (one, other) = (span.reference.magnitude, span.window.magnitude)
        let isMixed = reference != 0 && window != 0
        further.least[0] += (one - other).magnitude
        further.most[0] += isMixed ? one + other : (one - other).magnitude
        let high = Double(reference) * cells.each.reference * one + Double(window) * cells.each.window * other
        var low = 0.0
        if reference &+ window == 1 {
            low = high
        } else if let end = cells.index(number) == 0 ? outermost.least : outermost.greatest, grid.scale.fits(end) {
            let width = (grid.scale.quantised(end) &- border).magnitude.real
            if width > 0 { low = (one - other) * (one - other) / width }
        }
        further.addSquares(Lanes(min(low, high), 0), Lanes(high, 0))
    }
}

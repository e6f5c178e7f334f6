/// The area between two distribution functions and that of its square, added up cell by cell in ascending order.
///
/// Gaps are integers over `n m`; positions and sums are integers in units of the grid's scale, in which areas are measured as
/// well. They become doubles only when they are multiplied.
struct GridArea: CellAccumulator {
    /// The least and the most that the area can be so far, in units of the scale.
    private(set) var least = 0.0
    private(set) var most = 0.0
    /// The same of the integral of the squared gap, and what it is where values are spread evenly.
    private(set) var leastSquare = 0.0
    private(set) var mostSquare = 0.0
    private(set) var likelySquare = 0.0

    private let grid: RankGrid
    private let shares: (reference: Double, window: Double)
    private let denominator: Double
    private let outermost: (least: Double?, greatest: Double?)
    /// The gap behind the last cut point, the same as a share, the index of that cut point, and where it lies.
    private var gap = 0.0
    private var share = 0.0
    private var position = -1
    private var place = Int128(0)

    init(grid: RankGrid, referenceCount: Int, windowCount: Int, extremes: Extremes = Extremes()) {
        self.grid = grid
        shares = (1 / Double(referenceCount), 1 / Double(windowCount))
        denominator = Double(referenceCount) * Double(windowCount)
        outermost = (extremes.minimum, extremes.maximum)
    }

    /// The index up to which areas are added; -1 before the first.
    var lastIndex: Int { position }

    /// Adds the stretch up to a cut point at which nothing is counted.
    mutating func advance(to index: Int) {
        guard index > position else { return }
        add(
            CellStep(
                index: index, reference: .zero, window: .zero, referenceBelow: 0, windowBelow: 0, before: gap,
                between: gap, after: gap, highest: gap, lowest: gap, shares: (share, share, share),
                product: denominator))
    }

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

    @inline(__always)
    mutating func add(_ step: CellStep) {
        let index = step.index
        // Where the cell begins: at the last cut point or, if some were passed over, at one that is looked up.
        if position >= 0, index &- 1 > position {
            let next = cut(index &- 1)
            addFlat(share, (next &- place).real)
            place = next
        } else if position < 0, index > 0 {
            place = cut(index &- 1)
        }
        let border = index < grid.count ? cut(index) : place
        if step.hasOpen {
            addOpen(step, from: place, to: border)
        } else if index > 0, index < grid.count {
            addFlat(step.shares.before, (border &- place).real)
        }
        (gap, share, position, place) = (step.after, step.shares.after, index, border)
    }

    /// A cut point in units of the scale.
    @inline(__always)
    private func cut(_ index: Int) -> Int128 {
        grid.scale.quantised(grid.guarded[index])
    }

    @inline(__always)
    private mutating func addFlat(_ level: Double, _ width: Double) {
        addArea(level.magnitude * width)
        addSquare(level * level * width, level * level * width)
    }

    @inline(__always)
    private mutating func addArea(_ area: Double) {
        least += area
        most += area
    }

    @inline(__always)
    private mutating func addSquare(_ low: Double, _ high: Double) {
        let top = max(low, high)
        leastSquare += low
        mostSquare += top
        likelySquare += low + (top - low) / 3
    }

    /// The area that each side's values in the cell span up to a border: negative if they lie above it.
    @inline(__always)
    private func areas(_ step: CellStep, to border: Int128) -> (Double, Double) {
        let first = Int128(step.reference.open) &* border &- step.reference.sum
        let second = Int128(step.window.open) &* border &- step.window.sum
        return (first.real * shares.reference, second.real * shares.window)
    }

    private mutating func addOpen(_ step: CellStep, from low: Int128, to high: Int128) {
        if step.index == 0 || step.index == grid.count { return addOuter(step, at: high) }
        let width = (high &- low).real
        let (first, second) = areas(step, to: high)
        let before = step.shares.before * width
        let signed = before + (first - second)
        let (bottom, top) = (step.lowest / denominator, step.highest / denominator)
        guard step.lowest < 0, step.highest > 0 else {
            addArea(signed.magnitude)
            return addSquare(width: width, signed, bottom, top, isKnown: step.reference.open &+ step.window.open == 1)
        }
        if step.reference.open <= 1, step.window.open <= 1 {
            let exact = CellSteps(step, from: low, to: high, denominator: denominator, shares: shares)
            addArea(exact.area)
            return addSquare(exact.square, exact.square)
        }
        let (third, fourth) = areas(step, to: low)
        let after = step.shares.between.magnitude * width
        let share = min(max((signed / width - bottom) / (top - bottom), 0), 1)
        // A gap of a given integral that takes only the two outermost levels has the largest area.
        let levels = width * (share * top - (1 - share) * bottom)
        least += signed.magnitude
        most += max(signed.magnitude, min(levels, before.magnitude + first + second, after - third - fourth))
        addSquare(width: width, signed, bottom, top, isKnown: false)
    }

    /// The squared gap inside a cell, from its integral and its range; known with a single value.
    @inline(__always)
    private mutating func addSquare(width: Double, _ signed: Double, _ bottom: Double, _ top: Double, isKnown: Bool) {
        let high = (bottom + top) * signed - bottom * top * width
        let low = width > 0 ? signed * signed / width : 0
        addSquare(isKnown ? high : min(low, high), high)
    }

    /// Beyond the outermost cut point one function is flat, and each side's area is that to the cut point.
    private mutating func addOuter(_ step: CellStep, at border: Int128) {
        let (first, second) = areas(step, to: border)
        let (one, other) = (first.magnitude, second.magnitude)
        least += (one - other).magnitude
        most += step.isMixed ? one + other : (one - other).magnitude
        let (p, q) = (Double(step.reference.open) * shares.reference, Double(step.window.open) * shares.window)
        let high = p * one + q * other
        if !step.isMixed, step.reference.open &+ step.window.open == 1 { return addSquare(high, high) }
        var low = 0.0
        if let end = step.index == 0 ? outermost.least : outermost.greatest, grid.scale.fits(end) {
            let width = (grid.scale.quantised(end) &- border).magnitude.real
            if width > 0 { low = (one - other) * (one - other) / width }
        }
        addSquare(min(low, high), high)
    }
}

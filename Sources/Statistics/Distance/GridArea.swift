/// The area between two distribution functions, added up cell by cell in ascending order.
///
/// Gaps are integers over `n m`; positions and sums are integers in units of the grid's scale, in which the area is
/// measured as well. Both become doubles only when they are multiplied.
struct GridArea {
    /// The least and the most that the area can be so far, in units of the scale.
    private(set) var least = 0.0
    private(set) var most = 0.0

    private let grid: RankGrid
    private let referenceCount: Int
    private let windowCount: Int
    private let denominator: Double
    /// The gap behind the last cut point, reference minus window, times `n m`.
    private var gap: Int128 = 0
    /// The index of that cut point.
    private var position = -1

    /// The index up to which the area is added; -1 before the first.
    var lastIndex: Int { position }

    init(grid: RankGrid, referenceCount: Int, windowCount: Int) {
        self.grid = grid
        self.referenceCount = referenceCount
        self.windowCount = windowCount
        denominator = Double(referenceCount) * Double(windowCount)
    }

    /// Adds what lies between the last index and this one, and the open cell and the cut point at it.
    mutating func add(_ reference: CellPair, _ window: CellPair, at index: Int) {
        if position >= 0, index - 1 > position { addFlat(from: position, to: index - 1) }
        if reference.open != 0 || window.open != 0 {
            addOpen(reference, window, at: index)
            gap &+= PairedCells.product(reference.open, windowCount) &- PairedCells.product(window.open, referenceCount)
        } else if index > 0, index < grid.count {
            addFlat(from: index - 1, to: index)
        }
        gap &+= PairedCells.product(reference.point, windowCount) &- PairedCells.product(window.point, referenceCount)
        position = index
    }

    /// A cut point in units of the scale.
    private func cut(_ index: Int) -> Int128 {
        grid.scale.quantised(grid.guarded[index])
    }

    private mutating func addFlat(from low: Int, to high: Int) {
        let area = gap.magnitude.real / denominator * (cut(high) &- cut(low)).real
        least += area
        most += area
    }

    private mutating func addOpen(_ reference: CellPair, _ window: CellPair, at index: Int) {
        let rise = PairedCells.product(reference.open, windowCount)
        let fall = PairedCells.product(window.open, referenceCount)
        if index == 0 || index == grid.count {
            // Beyond the outermost cut point one function is flat, and each side's area is that to the cut point.
            let (first, second) = areas(reference, window, to: cut(index == 0 ? 0 : index - 1))
            let signed = (first.magnitude - second.magnitude).magnitude
            add(
                signed, rise == 0 || fall == 0 ? signed : first.magnitude + second.magnitude, reference, window,
                at: index)
            return
        }
        let (low, high) = (cut(index - 1), cut(index))
        let width = (high &- low).real
        let (first, second) = areas(reference, window, to: high)
        let before = gap.real / denominator * width
        let signed = before + (first - second)
        guard gap &- fall < 0, gap &+ rise > 0 else {
            add(signed.magnitude, signed.magnitude, reference, window, at: index)
            return
        }
        let (third, fourth) = areas(reference, window, to: low)
        let after = (gap &+ rise &- fall).magnitude.real / denominator * width
        let most = min(
            twoLevels(signed, width: width, low: gap &- fall, high: gap &+ rise),
            before.magnitude + first + second, after - third - fourth)
        add(signed.magnitude, most, reference, window, at: index)
    }

    /// Adds the least and the most that the area of a cell can be; where each side has at most one value it is known.
    private mutating func add(
        _ low: Double, _ high: Double, _ reference: CellPair, _ window: CellPair, at index: Int
    ) {
        if low < high, reference.open <= 1, window.open <= 1 {
            let exact = singles(reference, window, at: index)
            least += exact
            most += exact
        } else {
            least += low
            most += max(low, high)
        }
    }

    /// The area that each side's values in the cell span up to a border: negative if they lie above it.
    private func areas(_ reference: CellPair, _ window: CellPair, to border: Int128) -> (Double, Double) {
        let first = Int128(reference.open) &* border &- reference.sum
        let second = Int128(window.open) &* border &- window.sum
        return (first.real / Double(referenceCount), second.real / Double(windowCount))
    }

    /// The most that `integral |g|` can be over a width if `integral g` is given and g lies between two levels of different
    /// sign: g then takes only these two.
    private func twoLevels(_ signed: Double, width: Double, low: Int128, high: Int128) -> Double {
        let (bottom, top) = (low.real / denominator, high.real / denominator)
        let share = min(max((signed / width - bottom) / (top - bottom), 0), 1)
        return width * (share * top - (1 - share) * bottom)
    }

    /// The area of an open cell in which each side has at most one value, which its sum then is.
    private func singles(_ reference: CellPair, _ window: CellPair, at index: Int) -> Double {
        var steps: [(value: Int128, step: Int128)] = []
        if reference.open == 1 { steps.append((reference.sum, Int128(windowCount))) }
        if window.open == 1 { steps.append((window.sum, -Int128(referenceCount))) }
        steps.sort { $0.value < $1.value }
        var level = gap
        var area = 0.0
        var left = index > 0 ? cut(index - 1) : steps.first?.value ?? 0
        for (value, step) in steps {
            area += level.magnitude.real / denominator * (value &- left).real
            level &+= step
            left = value
        }
        guard index < grid.count else { return area }
        return area + level.magnitude.real / denominator * (cut(index) &- left).real
    }
}

/// Draws the cell counts of a window that does not differ from its reference.
///
/// The shares behind the reference are known no better than its counts tell: given `r` they are Dirichlet distributed with
/// parameters `r`, so that a window of m rows is Dirichlet-multinomial (Polya 1930). For a continuous column whose cells lie
/// between values of the reference this is the exact law, whatever the distribution (the gaps between order statistics of a
/// uniform sample are Dirichlet; Wilks 1962); for others it agrees with drawing both sides up to terms of order 1/n.
struct CellDraws {
    private let weights: [Double]
    private var cumulative: [Double]
    private var numbers: SeededNumbers
    private var shares: [Double]
    private var rows: [Int32] = []

    /// How many cells windows have.
    var cells: Int { shares.count }

    /// - Parameters:
    ///   - weights: what the reference says about each cell: its counts, zero for cells that cannot occur.
    ///   - numbers: where the random numbers come from.
    init(weights: [Double], numbers: SeededNumbers) {
        self.weights = weights
        self.numbers = numbers
        cumulative = weights
        shares = weights
        cumulate()
    }

    private mutating func cumulate() {
        var total = 0.0
        for cell in shares.indices {
            total += shares[cell]
            cumulative[cell] = total
        }
    }

    /// Fills the counts of a window of so many rows. O(cells), or O(rows log cells) where that is less.
    mutating func draw(_ size: Int, into counts: inout [Int]) {
        for cell in counts.indices { counts[cell] = 0 }
        if size <= 2 * cells { drawRows(size, into: &counts) } else { drawCells(size, into: &counts) }
    }

    /// Row by row from Polya's urn: each row is a new draw, or repeats an earlier one.
    private mutating func drawRows(_ size: Int, into counts: inout [Int]) {
        let total = cumulative.last ?? 0
        rows.removeAll(keepingCapacity: true)
        for row in 0..<size {
            let point = numbers.uniform() * (total + Double(row))
            let cell =
                point < total || rows.isEmpty
                ? Int32(truncatingIfNeeded: cell(at: point)) : rows[min(Int(point - total), row - 1)]
            rows.append(cell)
            counts[Int(cell)] += 1
        }
    }

    private func cell(at point: Double) -> Int {
        var (low, high) = (0, cumulative.count - 1)
        while low < high {
            let middle = (low + high) / 2
            if cumulative[middle] <= point { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// Shares first, then counts cell by cell, each a binomial share of the rows that are left.
    private mutating func drawCells(_ size: Int, into counts: inout [Int]) {
        for cell in weights.indices { shares[cell] = numbers.gamma(shape: weights[cell]) }
        var left = shares.reduce(0, +)
        var rest = size
        for cell in shares.indices where rest > 0 && shares[cell] > 0 {
            let found = left > shares[cell] ? numbers.binomial(rest, shares[cell] / left) : rest
            counts[cell] = found
            rest -= found
            left -= shares[cell]
        }
    }
}

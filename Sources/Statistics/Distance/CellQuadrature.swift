/// What the values of an open cell add to the Anderson-Darling statistic if they are distinct and evenly mixed.
///
/// `sum(D(r)^2 / (r (N - r) - N / 4))` over the middles r of their ranks, with a gap D that changes evenly. Summed where the
/// weight changes from rank to rank, near the ends; elsewhere by a rule with two nodes over stretches in which it changes
/// little.
enum CellQuadrature {
    /// Cells of so many values are summed.
    private static let few = 8.0
    /// So many ranks from either end are summed.
    private static let margin = 32.0

    /// Positive where the weight changes so little over a cell that one stretch gives the sum.
    @inline(__always)
    static func steadiness(from below: Double, held: Double, total: Double) -> Double {
        let nearest = lesser(below, total - below - held)
        return lesser(lesser(held - few, nearest - margin), nearest * 0.25 - held)
    }

    /// The integral over a cell or a stretch in which the weight changes little, or the term of a single value.
    ///
    /// Two nodes with the mean and the variance of the middles of the ranks. `tie` is what the weight is less by, `N / 4` for
    /// distinct values.
    @inline(__always)
    static func stretch(
        from below: Double, _ held: Double, _ total: Double, tie: Double, _ before: Double, _ after: Double
    ) -> Double {
        // The two nodes lie a root to both sides of the center; their sum has squares of it only, and one division.
        let center = below + held * 0.5
        let square = greater(held * held - 1, 0) * (1.0 / 12)
        let (weight, tilt) = (center * (total - center) - tie - square, total - center - center)
        let product = weight * weight - square * tilt * tilt
        let (middle, rise) = ((before + after) * 0.5 * held, after - before)
        let sum = weight * (middle * middle + rise * rise * square) - 2 * middle * rise * square * tilt
        return sum / (held * product)
    }

    /// The sum over a cell of more than one value, near the ends or with few values.
    static func sum(from below: Double, held: Double, total: Double, before: Double, after: Double) -> Double {
        long((below, held, total, before, after))
    }

    private typealias Cell = (below: Double, held: Double, total: Double, before: Double, after: Double)

    @inline(__always)
    private static func gap(_ rank: Double, _ cell: Cell) -> Double {
        cell.before + (cell.after - cell.before) * ((rank - cell.below) / cell.held)
    }

    /// Sums near the ends and integrates between; O(log held).
    private static func long(_ cell: Cell) -> Double {
        let end = cell.below + cell.held
        if cell.held <= few { return rows(from: cell.below, to: end, cell) }
        var (low, high) = (cell.below, end)
        var sum = 0.0
        let start = min(max(margin - low, 0).rounded(.up), cell.held)
        sum += rows(from: low, to: low + start, cell)
        low += start
        let finish = min(max(margin - (cell.total - high), 0).rounded(.up), high - low)
        sum += rows(from: high - finish, to: high, cell)
        high -= finish
        while high > low {
            let length = min(max(min(low, cell.total - low) / 4, few), high - low, max((cell.total - low) / 5, few))
            let (before, after) = (gap(low, cell), gap(low + length, cell))
            sum += stretch(from: low, length, cell.total, tie: cell.total / 4, before, after)
            low += length
        }
        return sum
    }

    /// The sum over the rows of a stretch, one rank each.
    private static func rows(from low: Double, to high: Double, _ cell: Cell) -> Double {
        let length = high - low
        guard length > 0 else { return 0 }
        let count = max(length.rounded(), 1)
        let each = length / count
        var sum = 0.0
        for row in 0..<(Int(exactly: count) ?? 0) { sum += one(low + (Double(row) + 0.5) * each, each, cell) }
        return sum
    }

    private static func one(_ rank: Double, _ length: Double, _ cell: Cell) -> Double {
        let level = gap(rank, cell)
        let weight = rank * (cell.total - rank) - cell.total * length / 4
        return weight > 0 ? length * level * level / weight : 0
    }
}

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

    /// Whether the weight changes so little over a cell that one stretch gives the sum.
    @inline(__always)
    static func isSteady(from below: Lanes, held: Lanes, total: Lanes) -> SIMDMask<SIMD2<Int64>> {
        let nearest = Lanes.smaller(below, total - below - held)
        return (held .> few) .& (nearest .>= margin) .& (held .<= nearest * 0.25)
    }

    /// The integral over cells as a whole; of those that are not steady it means nothing.
    @inline(__always)
    static func stretch(
        from below: Lanes, _ held: Lanes, _ total: Lanes, _ before: Lanes, _ after: Lanes
    ) -> Lanes {
        let center = below + held * 0.5
        let reach = (Lanes.greater(held * held - 1, Lanes()) * (1.0 / 12)).roots
        let (first, second) = (center - reach, center + reach)
        let (weight, other) = (first * (total - first) - total * 0.25, second * (total - second) - total * 0.25)
        // One reciprocal for all that is divided by.
        let product = weight * other
        let part = 1 / (held * product)
        let (middle, slope) = ((before + after) * 0.5, (after - before) * (reach * product * part))
        let (low, high) = (middle - slope, middle + slope)
        return held * 0.5 * (low * low * other + high * high * weight) * (held * part)
    }

    /// The sum over a cell of more than one value, near the ends or with few values.
    static func sum(from below: Double, held: Double, total: Double, before: Double, after: Double) -> Double {
        long((below, held, total, before, after))
    }

    typealias Lanes = CellChunk.Lanes

    private typealias Cell = (below: Double, held: Double, total: Double, before: Double, after: Double)

    /// The integral over a stretch of ranks.
    @inline(__always)
    private static func stretch(from start: Double, _ length: Double, _ cell: Cell) -> Double {
        // Two nodes with the mean and the variance of the middles of the ranks.
        let (center, reach) = (start + length / 2, (max(length * length - 1, 0) / 12).squareRoot())
        let (first, second) = (weight(center - reach, cell.total), weight(center + reach, cell.total))
        let (low, high) = (gap(center - reach, cell), gap(center + reach, cell))
        return length / 2 * (low * low * second + high * high * first) / (first * second)
    }

    @inline(__always)
    private static func weight(_ rank: Double, _ total: Double) -> Double { rank * (total - rank) - total / 4 }

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
            sum += stretch(from: low, length, cell)
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

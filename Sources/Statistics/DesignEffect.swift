/// How many independent rows weighted ones are worth to a test over cells, such as the bins of a column or its categories.
///
/// Kish's number of rows holds where weights have nothing to do with values. Where heavy rows gather in some cells, shares of
/// these vary more than it says, and others less. With the share `p` of a cell, the mean weight `w` of its rows and `W` of all
/// weights, a contrast `u` of the cells has the variance `sum(d p (u - mean)^2)`, where `d = r w / W` and r is such that
/// `sum(d p)` is Kish's `sum(w^2) / W^2`: rows of one cell weigh as unevenly as those of any other. Mean weights of cells are
/// drawn together as far as chance explains how they differ (James and Stein 1961).
///
/// The number of rows is the least of three: Kish's (1965), that of the root of the mean square of the design effects of all
/// contrasts (Rao and Scott 1981), and of cells in order those of the distribution function at their borders. So it errs
/// towards few rows. O(cells). Smallest sound sample: some ten rows a cell; with fewer it is Kish's.
package struct DesignEffect: Hashable, Sendable {
    /// The design effect of each occupied cell, by the number of rows: `d`.
    private let effects: [Double]
    /// The share of each occupied cell.
    private let shares: [Double]

    /// Of the rows and weights in each cell, and the sum of the squared weights of all rows, in any one unit of weight.
    ///
    /// Nil without rows, or where the numbers are none of weighted rows.
    package init?(rows: [Int], weights: [Double], squares: Double) {
        precondition(rows.count == weights.count, "rows and weights are counted over the same cells")
        let cells = zip(rows, weights).filter { $0 != 0 || $1 != 0 }.map { (rows: Double($0), weight: $1) }
        guard !cells.isEmpty, squares > 0, squares.isFinite, cells.allSatisfy({ $0.rows > 0 && $0.weight > 0 })
        else { return nil }
        let (n, all) = cells.reduce((0, 0)) { ($0.0 + $1.rows, $0.1 + $1.weight) }
        let mean = all / n
        let between = cells.reduce(0) { $0 + ($1.weight / $1.rows - mean) * ($1.weight - mean * $1.rows) }
        let within = max(squares - mean * all - between, 0)
        let kept = Self.kept(between, within, rows: n, cells: Double(cells.count))
        let means = cells.map { mean + kept * ($0.weight / $0.rows - mean) }
        let sum = zip(cells, means).reduce(0) { $0 + $1.0.rows * $1.1 * $1.1 }
        guard all.isFinite, sum > 0, sum.isFinite else { return nil }
        effects = means.map { squares / sum * $0 / all }
        shares = zip(cells, means).map { $0.rows * $1 / all }
    }

    /// How much of the differences between cells is more than chance.
    private static func kept(_ between: Double, _ within: Double, rows: Double, cells: Double) -> Double {
        guard rows > cells, between > 0 else { return 0 }
        return max(1 - (cells - 1) * within / (rows - cells) / between, 0)
    }

    /// Kish's number of rows.
    package var kish: Double { 1 / zip(effects, shares).reduce(0) { $0 + $1.0 * $1.1 } }

    /// The number of rows that tests over the cells go by, which are in order or not.
    package func rows(isOrdered: Bool) -> Double {
        let common = 1 / kish
        guard effects.count > 1 else { return kish }
        let degrees = Double(effects.count - 1)
        // The trace of the square of the effects, of which the mean over all cells is taken away on both sides.
        let squares = zip(effects, shares).reduce(common * common) { $0 + $1.0 * $1.0 * (1 - 2 * $1.1) }
        var most = max(common, (max(squares, 0) / degrees).squareRoot())
        guard isOrdered else { return 1 / most }
        var (share, below) = (0.0, 0.0)
        for (effect, part) in zip(effects, shares).dropLast() {
            share += part
            below += effect * part
            guard share > 0, share < 1 else { continue }
            most = max(most, below / share * (1 - share) + (common - below) / (1 - share) * share)
        }
        return 1 / most
    }
}

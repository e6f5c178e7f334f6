/// How long labels took to become known, over fixed logarithmic cells.
///
/// A cell is a sixteenth of an octave of microseconds, so a quantile is known to 1/16 of itself; everything up to 16 microseconds
/// is exact. Rows are folded with a multiplicity, so that what is corrected or erased leaves again.
package struct LabelLags: MergeableSummary {
    /// How many labels lie in each cell; never 0.
    private(set) var cells: [Int: Int] = [:]

    /// No labels yet.
    package init() {}

    init(cells: [Int: Int]) {
        self.cells = cells
    }

    package var isEmpty: Bool { cells.isEmpty }

    /// How many labels there are.
    package var count: Int { cells.values.reduce(0, &+) }

    /// Counts a label by how many microseconds after its prediction it became known; below 0 counts as 0.
    package mutating func fold(microseconds: Int64, times: Int = 1) {
        cells.add(times, for: LabelLags.cell(of: microseconds))
    }

    package mutating func merge(_ other: LabelLags) {
        for (cell, number) in other.cells { cells.add(number, for: cell) }
    }

    package mutating func subtract(_ other: LabelLags) {
        for (cell, number) in other.cells { cells.add(0 &- number, for: cell) }
    }

    /// The least lag in microseconds within which at least a share of the labels came: the upper end of its cell, which is less
    /// than 1/16 too long; nil without labels. O(cells).
    package func quantile(_ share: Double) -> Double? {
        let total = count
        guard total > 0 else { return nil }
        var below = 0
        for (cell, number) in cells.sorted(by: { $0.key < $1.key }) {
            below &+= number
            if Double(below) >= share * Double(total) { return LabelLags.end(of: cell) }
        }
        return nil
    }

    /// The share of labels that came within a time, up to the cell that it lies in; nil without labels.
    package func share(within microseconds: Int64) -> Double? {
        let total = count
        guard total > 0 else { return nil }
        guard microseconds >= 0 else { return 0 }
        let last = LabelLags.cell(of: microseconds)
        let within = cells.reduce(0) { $0 &+ ($1.key <= last ? $1.value : 0) }
        return min(max(Double(within) / Double(total), 0), 1)
    }

    /// The highest number of a cell.
    static let lastCell = 60 * 16 + 15

    /// The cell of a lag: the place of the highest bit and the four bits after it.
    static func cell(of microseconds: Int64) -> Int {
        let lag = UInt64(truncatingIfNeeded: max(microseconds, 0))
        guard lag >= 16 else { return Int(lag) }
        let octave = 63 - lag.leadingZeroBitCount
        return (octave - 3) * 16 + Int(lag >> UInt64(octave - 4) & 15)
    }

    /// The greatest lag of a cell in microseconds.
    static func end(of cell: Int) -> Double {
        guard cell >= 16 else { return Double(cell) }
        let octave = cell / 16 + 3
        return Double(16 + cell % 16 + 1) * Double(UInt64(1) << UInt64(octave - 4)) - 1
    }
}

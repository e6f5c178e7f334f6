/// An open cell in ranks of all values, with the gaps around it as shares.
struct OpenCell {
    /// How many values lie below it.
    let below: Double
    /// How many values it holds.
    let held: Double
    /// Whether some of them are the reference's, and some the window's.
    let sides: (reference: Bool, window: Bool)
    /// The gap below it.
    let before: Double
    /// The gap above it.
    let after: Double
    /// The least gap that is possible in it.
    let low: Double
    /// The largest gap that is possible in it.
    let high: Double

    /// The open cell at a place of a chunk, with what a value of each side counts and what a step of the gaps is.
    @inline(__always)
    init(_ cells: CellColumns, _ place: Int, _ each: (reference: Double, window: Double), step: Double) {
        let (reference, window) = (cells[.referenceOpen, place], cells[.windowOpen, place])
        below = cells[.referenceBelow, place] * each.reference + cells[.windowBelow, place] * each.window
        held = reference * each.reference + window * each.window
        sides = (reference != 0, window != 0)
        (before, after) = (cells[.before, place] * step, cells[.between, place] * step)
        (low, high) = (cells[.lowest, place] * step, cells[.highest, place] * step)
    }
}

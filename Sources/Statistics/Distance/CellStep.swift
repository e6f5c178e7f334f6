/// One index pair of a comparison: its open cell and its cut point, with the gaps between the distribution functions around them.
///
/// Gaps are `n m (F - G)`, reference minus window: integers that are exact as doubles below 2^53.
struct CellStep {
    let index: Int
    let reference: CellPair
    let window: CellPair
    /// How many values of the sides lie below.
    let referenceBelow: Int
    let windowBelow: Int
    /// The gap below the open cell.
    let before: Double
    /// The gap between the open cell and the cut point.
    let between: Double
    /// The gap above the cut point.
    let after: Double
    /// The largest gap that is possible inside the open cell.
    let highest: Double
    /// The least gap that is possible inside the open cell.
    let lowest: Double
    /// The gaps around cell and cut point over `n m`: differences of shares, divided once for all who need them.
    let shares: (before: Double, between: Double, after: Double)
    /// What the gaps count: `n m`.
    let product: Double

    /// Whether the open cell holds values of either side.
    @inline(__always)
    var hasOpen: Bool { reference.open != 0 || window.open != 0 }

    /// Whether the open cell holds values of both sides, whose order is not known.
    @inline(__always)
    var isMixed: Bool { reference.open != 0 && window.open != 0 }

    /// Whether the cut point holds values.
    @inline(__always)
    var hasPoint: Bool { reference.point != 0 || window.point != 0 }
}

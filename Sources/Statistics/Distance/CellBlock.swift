/// Two index pairs of a comparison side by side, each with its open cell and its cut point.
struct CellBlock {
    typealias Lanes = CellChunk.Lanes

    /// What the reference has counted.
    let reference: (open: Lanes, point: Lanes)
    /// What the window has counted.
    let window: (open: Lanes, point: Lanes)
    /// How many values of the sides lie below.
    let below: (reference: Lanes, window: Lanes)
    /// The gap below the open cell.
    let before: Lanes
    /// The gap between the open cell and the cut point.
    let between: Lanes
    /// The gap above the cut point.
    let after: Lanes
    /// The largest gap that is possible inside the open cell.
    let highest: Lanes
    /// The least gap that is possible inside the open cell.
    let lowest: Lanes

    @inline(__always)
    init(
        reference: (open: Lanes, point: Lanes), window: (open: Lanes, point: Lanes),
        below: (reference: Lanes, window: Lanes), rows: (reference: Double, window: Double)
    ) {
        (self.reference, self.window, self.below) = (reference, window, below)
        let (inside, behind) = (below.reference + reference.open, below.window + window.open)
        let (n, m) = (Lanes(repeating: rows.reference), Lanes(repeating: rows.window))
        let (up, down) = (below.reference * m, below.window * n)
        let (risen, fallen) = (inside * m, behind * n)
        before = up - down
        between = risen - fallen
        after = (inside + reference.point) * m - (behind + window.point) * n
        highest = risen - down
        lowest = up - fallen
    }

    /// Where the open cell holds values of both sides, whose order is not known.
    @inline(__always)
    var isMixed: SIMDMask<SIMD2<Int64>> { (reference.open .!= 0) .& (window.open .!= 0) }
}

extension SIMDMask<SIMD2<Int64>> {
    /// Whether any of them is true.
    @inline(__always)
    var isAny: Bool { self[0] || self[1] }
}

extension SIMD2<Double> {
    /// The magnitude of every number.
    @inline(__always)
    var magnitudes: Self { replacing(with: 0 - self, where: self .< 0) }

    /// The greater of two numbers, each for itself.
    @inline(__always)
    static func greater(_ left: Self, _ right: Self) -> Self { right.replacing(with: left, where: left .> right) }

    /// The smaller of two numbers, each for itself.
    @inline(__always)
    static func smaller(_ left: Self, _ right: Self) -> Self { right.replacing(with: left, where: left .< right) }

    /// The root of every number.
    @inline(__always)
    var roots: Self {
        Self(self[0].squareRoot(), self[1].squareRoot())
    }
}

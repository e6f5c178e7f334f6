/// What the square of the gap between two distribution functions can be inside a cell whose values have an unknown order.
///
/// The gap goes from one known level to another, up by the reference's share and down by the window's. A path that takes
/// all steps up first lies above every other, one that takes all steps down first below.
enum CellPath {
    /// The mean square of a gap that changes evenly from one level to another.
    @inline(__always)
    static func meanSquare(_ low: Double, _ high: Double) -> Double {
        (low * low + low * high + high * high) * (1.0 / 3)
    }

    /// The least and the most of the integral of the squared gap over the shares of both sides.
    @inline(__always)
    static func range(
        _ before: Double, _ after: Double, _ up: Double, _ down: Double
    ) -> (least: Double, most: Double) {
        let (peak, foot) = (before + up, before - down)
        let above = up * meanSquare(before, peak) + down * meanSquare(peak, after)
        let below = down * meanSquare(before, foot) + up * meanSquare(foot, after)
        let (isAbove, isBelow) = (foot >= 0, peak <= 0)
        let least = isBelow ? above : 0
        let most = isBelow ? below : above + below
        return (isAbove ? below : least, isAbove ? above : most)
    }
}

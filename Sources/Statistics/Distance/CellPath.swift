/// What the square of the gap between two distribution functions can be inside a cell whose values have an unknown order.
///
/// The gap goes from one known level to another, up by the reference's share and down by the window's. A path that takes
/// all steps up first lies above every other, one that takes all steps down first below.
enum CellPath {
    /// The mean square of a gap that changes evenly from one level to another.
    @inline(__always)
    static func meanSquare(_ low: CellChunk.Lanes, _ high: CellChunk.Lanes) -> CellChunk.Lanes {
        (low * low + low * high + high * high) * (1.0 / 3)
    }

    /// The least and the most of the integral of the squared gap over the shares of both sides.
    @inline(__always)
    static func range(
        _ before: CellChunk.Lanes, _ after: CellChunk.Lanes, _ up: CellChunk.Lanes, _ down: CellChunk.Lanes
    ) -> (least: CellChunk.Lanes, most: CellChunk.Lanes) {
        let (peak, foot) = (before + up, before - down)
        let above = up * meanSquare(before, peak) + down * meanSquare(peak, after)
        let below = down * meanSquare(before, foot) + up * meanSquare(foot, after)
        let (isAbove, isBelow) = (foot .>= 0, peak .<= 0)
        let least = CellChunk.Lanes().replacing(with: above, where: isBelow).replacing(with: below, where: isAbove)
        let most = (above + below).replacing(with: below, where: isBelow).replacing(with: above, where: isAbove)
        return (least, most)
    }
}

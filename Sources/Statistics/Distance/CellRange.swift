/// What the area between two distribution functions can be over an open cell, and that of its square, as far as counts and sums
/// tell.
///
/// Inside the cell the integral of the gap is known, and its range too.
struct CellRange {
    /// Whether the functions may cross.
    let crosses: Bool
    /// The least that the area can be.
    let least: Double
    /// The most that the area can be.
    let most: Double

    private let signed: Double
    private let width: Double
    private let levels: (bottom: Double, top: Double)
    private let part: Double

    /// `areas` lie between each side's values and the upper end of the cell, `held` is the share of values in it of both sides
    /// together, `gaps` are those at its ends and `levels` the least and the greatest possible in it.
    @inline(__always)
    init(
        width: Double, areas: (reference: Double, window: Double), held: Double, gaps: (before: Double, after: Double),
        levels: (bottom: Double, top: Double)
    ) {
        (self.width, self.levels) = (width, levels)
        let (bottom, top) = levels
        signed = gaps.before * width + (areas.reference - areas.window)
        crosses = bottom < 0 && top > 0
        // One reciprocal for all that is divided by.
        let product = width * (top - bottom)
        part = 1 / (product == 0 ? 1 : product)
        least = signed.magnitude
        // A gap of a given integral that takes only the two outermost levels has the largest area.
        let share = lesser(greater((signed - bottom * width) * part, 0), 1)
        let outer = width * (share * top - (1 - share) * bottom)
        let spanned = areas.reference + areas.window
        let rising = gaps.before.magnitude * width + spanned
        let falling = gaps.after.magnitude * width - spanned + held * width
        most = crosses ? greater(least, lesser(outer, lesser(rising, falling))) : least
    }

    /// The least and the most that the integral of the squared gap can be; known with a single value.
    @inline(__always)
    func square(isSingle: Bool) -> (least: Double, most: Double) {
        let (bottom, top) = levels
        let high = (bottom + top) * signed - bottom * top * width
        let low = lesser(signed * signed * (part * (top - bottom)), high)
        return (isSingle ? high : low, high)
    }
}

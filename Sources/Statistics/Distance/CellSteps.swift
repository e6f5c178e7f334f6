/// An open cell in which each side has at most one value, which its sum then is: every area in it is known.
struct CellSteps {
    /// The area between the distribution functions, in units of the grid's scale.
    let area: Double
    /// The integral of their squared difference, in the same.
    let square: Double

    /// `before` and `between` are the gaps around the cell as shares, `each` the part of its side that one value is.
    init(
        reference: (open: Int, sum: Int128), window: (open: Int, sum: Int128), from low: Int128, to high: Int128,
        before: Double, between: Double,
        each: (reference: Double, window: Double)
    ) {
        var (area, square) = (0.0, 0.0)
        var (level, left) = (before, low)
        func advance(to right: Int128) {
            let width = (right &- left).real
            area += level.magnitude * width
            square += level * level * width
            left = right
        }
        let (first, second) = (reference.sum, window.sum)
        if reference.open == 1, window.open == 1 {
            advance(to: min(first, second))
            level += first < second ? each.reference : -each.window
            advance(to: max(first, second))
        } else if reference.open == 1 {
            advance(to: first)
        } else if window.open == 1 {
            advance(to: second)
        }
        level = between
        advance(to: high)
        (self.area, self.square) = (area, square)
    }
}

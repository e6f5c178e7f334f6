/// An open cell in which each side has at most one value, which its sum then is: every area in it is known.
struct CellSteps {
    /// The area between the distribution functions, in units of the grid's scale.
    let area: Double
    /// The integral of their squared difference, in the same.
    let square: Double

    init(
        _ step: CellStep, from low: Int128, to high: Int128, denominator: Double,
        shares: (reference: Double, window: Double)
    ) {
        var (area, square) = (0.0, 0.0)
        var (level, left) = (step.before / denominator, low)
        func advance(to right: Int128) {
            let width = (right &- left).real
            area += level.magnitude * width
            square += level * level * width
            left = right
        }
        let (first, second) = (step.reference.sum, step.window.sum)
        if step.reference.open == 1, step.window.open == 1 {
            advance(to: min(first, second))
            level += first < second ? shares.reference : -shares.window
            advance(to: max(first, second))
        } else if step.reference.open == 1 {
            advance(to: first)
        } else if step.window.open == 1 {
            advance(to: second)
        }
        level = step.between / denominator
        advance(to: high)
        (self.area, self.square) = (area, square)
    }
}

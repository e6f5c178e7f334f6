/// The mean of what one category adds to a measure, and the moments of that and of the window's rows about their means.
struct TermMoments {
    var mean = 0.0
    var square = 0.0
    var cube = 0.0
    /// The covariance with the rows.
    var withRows = 0.0
    var squareWithRows = 0.0
    var withSquaredRows = 0.0

    /// The moments of the term less `slope` times the rows, which have such a second and third moment.
    func less(_ slope: Double, _ rows: (square: Double, cube: Double)) -> Self {
        var result = self
        result.square = square - slope * (2 * withRows - slope * rows.square)
        result.cube = cube - slope * (3 * squareWithRows - slope * (3 * withSquaredRows - slope * rows.cube))
        result.withRows = withRows - slope * rows.square
        result.withSquaredRows = withSquaredRows - slope * rows.cube
        return result
    }

    /// The shifted chi-squared law with these moments (Pearson 1959); nil where chance moves the sum too little to tell.
    func law(isRoot: Bool = false, greatest: Double = .infinity) -> NullLaw? {
        guard square > 1e-12 * mean else { return nil }
        // A tail that is shorter than the normal one is taken for normal.
        let skewness = max(cube / (square * square.squareRoot()), 0.03)
        let degrees = max((8 / (skewness * skewness)).rounded(), 1)
        let scale = (square / (2 * degrees)).squareRoot()
        return .chiSquared(
            scale: scale, degreesOfFreedom: Int(degrees), isRoot: isRoot, offset: mean - scale * degrees,
            greatest: greatest)
    }
}

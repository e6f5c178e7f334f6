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
}

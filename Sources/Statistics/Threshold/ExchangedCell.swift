/// The categories of which both sides hold the same number of rows, and how these may fall to the window.
struct ExchangedCell {
    /// How many such categories there are.
    let number: Double
    /// How many rows a category has.
    let total: Double
    /// The part of all rows that a category has.
    let share: Double
    /// How the rows may fall to the window.
    let split: CategorySplit
    /// The second and third moment of the window's rows about their mean.
    let rows: (square: Double, cube: Double)

    init(total: Int, number: Int, of sizes: SampleSizes) {
        self.number = Double(number)
        self.total = Double(total)
        share = self.total / (sizes.reference + sizes.window)
        split = CategorySplit(of: self.total, reference: sizes.reference, window: sizes.window)
        rows = split.points.reduce(into: (0, 0)) { sum, point in
            let square = point.probability * point.excess * point.excess
            sum.0 += square
            sum.1 += square * point.excess
        }
    }

    /// The moments of a term about its mean, and with the window's rows.
    func moments(_ term: CellTerm) -> TermMoments {
        let values = split.points.map { term.value(total, window: $0.window) }
        var moments = TermMoments()
        for (value, point) in zip(values, split.points) { moments.mean += point.probability * value }
        for (value, point) in zip(values, split.points) {
            let (f, x, p) = (value - moments.mean, point.excess, point.probability)
            moments.square += p * f * f
            moments.cube += p * f * f * f
            moments.withRows += p * f * x
            moments.squareWithRows += p * f * f * x
            moments.withSquaredRows += p * f * x * x
        }
        return moments
    }

    /// The squared correlation of the rows of two categories: more of one leave fewer for the other.
    func squaredCorrelation(_ other: Self) -> Double {
        min(share / (1 - share) * (other.share / (1 - other.share)), 1)
    }
}

extension ConfusionCounts {
    /// The share of rows whose class was predicted rightly; nil without rows.
    package var accuracy: Double? {
        let total = count
        guard total > 0 else { return nil }
        return Double(hits) / Double(total)
    }

    /// The number of rows whose class was predicted rightly.
    private var hits: Int {
        counts.reduce(0) { $0 &+ ($1.key.predicted == $1.key.actual ? $1.value : 0) }
    }

    /// How well one class was told from the rest.
    package func quality(of positive: ByteText) -> ClassQuality {
        var (hits, predicted, actual) = (0, 0, 0)
        for (cell, number) in counts {
            if cell.predicted == positive { predicted &+= number }
            if cell.actual == positive { actual &+= number }
            if cell.predicted == positive, cell.actual == positive { hits &+= number }
        }
        return ClassQuality(hits: hits, predicted: predicted, actual: actual)
    }

    /// The mean quality of all classes that were predicted or true, each counting once.
    package var macro: ClassQuality {
        ClassQuality(mean: tallies.map { (ClassQuality(hits: $0.hits, predicted: $0.predicted, actual: $0.actual), 1) })
    }

    /// The mean quality of all classes, each counting as often as it was true.
    package var weighted: ClassQuality {
        ClassQuality(
            mean: tallies.map { (ClassQuality(hits: $0.hits, predicted: $0.predicted, actual: $0.actual), $0.actual) })
    }

    /// The quality of all rows taken together; with one class a row all three ratios are the accuracy.
    package var micro: ClassQuality {
        let total = count
        return ClassQuality(hits: hits, predicted: total, actual: total)
    }

    /// For every class: rightly predicted, predicted, true. O(cells).
    private var tallies: [(hits: Int, predicted: Int, actual: Int)] {
        var hits: [ByteText: Int] = [:]
        var predicted: [ByteText: Int] = [:]
        var actual: [ByteText: Int] = [:]
        for (cell, number) in counts {
            predicted[cell.predicted, default: 0] &+= number
            actual[cell.actual, default: 0] &+= number
            if cell.predicted == cell.actual { hits[cell.actual, default: 0] &+= number }
        }
        return classes.map { (hits[$0, default: 0], predicted[$0, default: 0], actual[$0, default: 0]) }
    }
}

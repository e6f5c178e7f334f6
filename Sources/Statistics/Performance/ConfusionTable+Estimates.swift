/// The measures of a confusion matrix with their intervals.
///
/// Shares have Wilson's interval. F1 is `2 J / (1 + J)` with the share J of rightly positive rows among those that are
/// positive on either side, so it has Wilson's interval of J carried over. Balanced accuracy adds the intervals of recalls in
/// squares. The others are normal in a transformed scale with the variance of the delta method; where that variance is 0, as
/// in a window without a single mistake, half a row is added to every cell first (Haldane 1956).
extension ConfusionTable {
    /// The most classes whose empty cells are filled with half a row.
    private static let mostFilled = 64

    /// The share of rows whose class was predicted rightly.
    package var accuracy: Estimate? { Estimate(share: hit, of: total) }

    /// The precision of a class.
    package func precision(of name: ByteText) -> Estimate? {
        number(of: name).flatMap { Estimate(share: hits[$0], of: predicted[$0]) }
    }

    /// The recall of a class, the true positive rate.
    package func recall(of name: ByteText) -> Estimate? {
        number(of: name).flatMap { Estimate(share: hits[$0], of: actual[$0]) }
    }

    /// The F1 of a class.
    package func f1(of name: ByteText) -> Estimate? {
        guard let number = number(of: name) else { return nil }
        let sum = predicted[number] + actual[number]
        guard sum > 0 else { return nil }
        let shared = Interval.share(hits: hits[number], of: sum - hits[number])
        return Estimate(2 * hits[number] / sum, shared?.mapped { 2 * $0 / (1 + $0) })
    }

    /// The share of other rows that were not predicted to be of a class, the true negative rate.
    package func specificity(of name: ByteText) -> Estimate? { falsePositiveRate(of: name)?.complement }

    /// The share of other rows that were predicted to be of a class.
    package func falsePositiveRate(of name: ByteText) -> Estimate? {
        guard let number = number(of: name) else { return Estimate(share: 0, of: total) }
        return Estimate(share: predicted[number] - hits[number], of: total - actual[number])
    }

    /// The share of a class's rows that were not predicted to be of it.
    package func falseNegativeRate(of name: ByteText) -> Estimate? { recall(of: name)?.complement }

    /// The share of rows that were predicted to be of a class.
    package func positiveRate(of name: ByteText) -> Estimate? {
        Estimate(share: number(of: name).map { predicted[$0] } ?? 0, of: total)
    }

    /// The share of rows that are of a class.
    package func prevalence(of name: ByteText) -> Estimate? {
        Estimate(share: number(of: name).map { actual[$0] } ?? 0, of: total)
    }

    /// The mean recall of the classes that occur.
    package var balancedAccuracy: Estimate? {
        let recalls = recalls
        guard !recalls.isEmpty else { return nil }
        let value = recalls.reduce(0) { $0 + $1.value } / Double(recalls.count)
        return Estimate(value, Interval.mean(of: recalls)?.limited(to: 0...1, around: value))
    }

    /// Cohen's kappa with its interval; nil where all rows are of one class on both sides.
    package var kappaEstimate: Estimate? { estimate(kappa, -1...1, Interval.correlation) { $0.kappa } }

    /// Matthews' correlation with its interval; nil where the rows of one side are all of one class.
    package var matthewsEstimate: Estimate? { estimate(matthews, -1...1, Interval.correlation) { $0.matthews } }

    /// The mean of a ratio over classes with its interval.
    package func macroEstimate(_ ratio: Ratio) -> Estimate? {
        estimate(macro(ratio), 0...1, Interval.logistic) { $0.macro(ratio) }
    }

    /// The mean of a ratio over classes, weighted by how often each is true, with its interval.
    package func weightedEstimate(_ ratio: Ratio) -> Estimate? {
        estimate(weighted(ratio), 0...1, Interval.logistic) { $0.weighted(ratio) }
    }

    private func estimate(
        _ measured: (value: Double, variance: Double)?, _ range: ClosedRange<Double>,
        _ shape: (Double, Double) -> Interval?, _ read: (Self) -> (value: Double, variance: Double)?
    ) -> Estimate? {
        guard let measured else { return nil }
        let value = min(max(measured.value, range.lowerBound), range.upperBound)
        if measured.variance > 0, let interval = shape(value, measured.variance) {
            return Estimate(value, interval.limited(to: range, around: value))
        }
        guard classes.count <= Self.mostFilled, let filled = read(filled) else { return Estimate(value, nil) }
        return Estimate(value, shape(filled.value, filled.variance)?.limited(to: range, around: value))
    }

    private func number(of name: ByteText) -> Int? {
        var (low, high) = (0, classes.count)
        while low < high {
            let middle = (low + high) / 2
            if classes[middle] < name { low = middle + 1 } else { high = middle }
        }
        return low < classes.count && classes[low] == name ? low : nil
    }
}

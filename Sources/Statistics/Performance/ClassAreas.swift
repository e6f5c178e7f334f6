/// How well the scores of a model with many classes rank its rows, each class against the rest, and on average over classes.
///
/// As `sklearn.metrics.roc_auc_score(multi_class="ovr")` and `average_precision_score` of every class. An average is nil where
/// one of its classes has none: scikit-learn refuses to average then. O(classes x cells).
package struct ClassAreas: Sendable {
    /// One class against the rest.
    package struct Part: Sendable {
        /// The class.
        package let name: ByteText
        /// How many effective rows are of it.
        let own: Double
        /// The area under the ROC curve; nil where no row is of the class, or every row.
        package let rocAUC: Estimate?
        /// How far the area may be from that of the scores themselves.
        package let rocAUCBound: Double?
        /// The average precision; nil where no row is of the class.
        package let averagePrecision: Estimate?
        /// How far the average precision may be from that of the scores themselves.
        package let averagePrecisionBound: Double?

        init(_ name: ByteText, _ pairs: ScorePairs, unit: Double) {
            self.name = name
            own = Double(pairs.positives) * unit
            rocAUC = pairs.rocAUC(unit: unit)
            rocAUCBound = RankQuality(pairs)?.errorBound
            averagePrecision = ScoreCurve(pairs, unit: unit).averagePrecisionEstimate
            averagePrecisionBound = pairs.averagePrecisionBound
        }
    }

    /// What is averaged.
    package enum Area: Sendable {
        /// The area under the ROC curve.
        case roc
        /// The average precision.
        case precision
    }

    /// The classes in the order of their bytes.
    package let parts: [Part]

    /// The classes that rows are of or give a score to; a count stands for `unit` effective rows.
    package init(_ scores: ClassScores, unit: Double = 1) {
        parts = scores.classes.map { Part($0, scores.pairs(of: $0), unit: unit) }
    }

    /// The mean over classes, each once.
    ///
    /// The ends of the interval are the means of the ends, as if all areas erred together. Areas of the same rows depend on
    /// each other in a way that cells of single classes do not tell; no dependence makes their mean err more than that, so
    /// the interval covers at least as often as it says. Sound where it is for every class.
    package func macro(_ area: Area) -> Estimate? {
        mean(area, weights: parts.map { _ in 1 / Double(parts.count) })
    }

    /// The mean over classes, weighted by how often each is true; that these shares are of a sample widens the interval.
    package func weighted(_ area: Area) -> Estimate? {
        let total = parts.reduce(0) { $0 + $1.own }
        guard total > 0 else { return nil }
        let weights = parts.map { $0.own / total }
        guard let mean = mean(area, weights: weights), let interval = mean.interval else {
            return mean(area, weights: weights)
        }
        // The variance of a mean over rows, each having its class's value.
        let squares = zip(parts, weights).reduce(0) { sum, part in
            let value = estimate(area, part.0)?.value ?? 0
            return sum + part.1 * value * value
        }
        let reach = Interval.quantile * (max(squares - mean.value * mean.value, 0) / total).squareRoot()
        let wider = Interval(low: interval.low - reach, high: interval.high + reach)
        return Estimate(mean.value, wider?.limited(to: 0...1, around: mean.value))
    }

    /// How far the mean over classes may be from that of the scores themselves; nil where there is no mean.
    package func macroBound(_ area: Area) -> Double? {
        bound(area, weights: parts.map { _ in 1 / Double(parts.count) })
    }

    /// How far the weighted mean may be from that of the scores themselves; nil where there is no mean.
    package func weightedBound(_ area: Area) -> Double? {
        let total = parts.reduce(0) { $0 + $1.own }
        return total > 0 ? bound(area, weights: parts.map { $0.own / total }) : nil
    }

    private func bound(_ area: Area, weights: [Double]) -> Double? {
        guard mean(area, weights: weights) != nil else { return nil }
        return zip(parts, weights).reduce(0) { sum, part in
            let bound = area == .roc ? part.0.rocAUCBound : part.0.averagePrecisionBound
            return sum + part.1 * (bound ?? 0)
        }
    }

    private func estimate(_ area: Area, _ part: Part) -> Estimate? {
        area == .roc ? part.rocAUC : part.averagePrecision
    }

    private func mean(_ area: Area, weights: [Double]) -> Estimate? {
        let estimates = parts.compactMap { estimate(area, $0) }
        guard estimates.count == parts.count, parts.count > 1 else { return nil }
        return Estimate(mean: estimates, weights: weights)
    }
}

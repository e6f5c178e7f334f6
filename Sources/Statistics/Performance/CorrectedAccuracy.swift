/// The accuracy of all rows of a window when labels of some kinds of rows come earlier than others.
///
/// Rows are put into strata by score; the accuracy of each stratum's labelled rows stands for all of its rows
/// (post-stratification: Holt and Smith 1979). That removes the bias as far as it goes by the score. Sound where every stratum
/// with rows has labels. O(cells + distinct labelled scores).
package struct CorrectedAccuracy: Sendable {
    /// Why there is none.
    package enum Refusal: String, Error, Sendable {
        /// There are no scores to go by, or no labels.
        case noScores = "no labelled rows with scores"
        /// Some scores occur among the rows, of which no row has a label yet.
        case unlabelledScores = "some scores have no labels yet"
    }

    /// The corrected accuracy with its interval.
    package let estimate: Estimate

    /// Puts rows into strata at some edges, each edge belonging to the stratum above it.
    ///
    /// - Parameters:
    ///   - scores: the scores of all rows.
    ///   - labelled: the labelled ones with their classes.
    ///   - edges: where strata begin, such as the reference's deciles, ascending.
    ///   - threshold: from which score on the positive class is predicted; nil where the class of a pair already says whether
    ///     the prediction was right.
    ///   - unit: how many effective rows a labelled count stands for.
    /// - Throws: `Refusal` where the labels say nothing about some of the rows.
    package init(
        _ scores: ScoreDistribution, labelled: ScorePairs, edges: [Double], threshold: Double?, unit: Double = 1
    ) throws(Refusal) {
        var cuts = edges
        if let threshold { cuts.append(threshold) }
        cuts.sort()
        var rows = [Double](repeating: 0, count: cuts.count + 1)
        var (labels, hits) = (rows, rows)
        for stretch in scores.stretches { rows[Self.stratum(of: stretch.middle, cuts)] += stretch.rows }
        for point in labelled.scored(unit: unit) {
            let stratum = Self.stratum(of: point.score, cuts)
            labels[stratum] += point.positives + point.negatives
            hits[stratum] += point.score >= threshold ?? -.infinity ? point.positives : point.negatives
        }
        let total = rows.reduce(0, +)
        guard total > 0, labels.contains(where: { $0 > 0 }) else { throw .noScores }
        var (value, variance) = (0.0, 0.0)
        for index in rows.indices where rows[index] > 0 {
            guard labels[index] > 0 else { throw .unlabelledScores }
            let weight = rows[index] / total
            let smooth = (hits[index] + 0.5) / (labels[index] + 1)
            value += weight * hits[index] / labels[index]
            variance += weight * weight * smooth * (1 - smooth) / labels[index]
        }
        let interval = Interval.normal(value, variance: variance)?.limited(to: 0...1, around: value)
        guard let estimate = Estimate(value, interval) else { throw .noScores }
        self.estimate = estimate
    }

    private static func stratum(of score: Double, _ cuts: [Double]) -> Int {
        cuts.count { $0 <= score }
    }
}

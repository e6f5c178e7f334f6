/// Performance of a model with many classes that is expected of rows without labels: CBPE of every class against the rest.
///
/// The scores of each class have a calibrator of their own, learned from the labelled rows of the reference; the expected counts
/// of a class follow from its probabilities among the rows that were predicted to be of it and among the others. NannyML also
/// divides the probabilities of a row by their sum. That needs every row by itself, and is left out here: a calibrated
/// probability of a class is already as often right as it says, and expected counts are sums of these. O(classes x cells).
package struct ClassEstimates: Sendable {
    /// One class: what is expected of predictions, and of the ranking by score.
    private struct Part: Sendable {
        let decided: PerformanceEstimate
        let ranked: PerformanceEstimate
    }

    /// What is averaged over classes.
    package enum Ratio: Sendable, CaseIterable {
        /// The precision.
        case precision
        /// The recall.
        case recall
        /// The F1.
        case f1
        /// The area under the ROC curve.
        case rocAUC
        /// The average precision.
        case averagePrecision
    }

    private let parts: [Part]

    /// What is expected of rows by the scores of every class and by their predicted class; nil without rows, and where the
    /// calibrators do not know one of the classes.
    ///
    /// - Parameters:
    ///   - scores: the rows, their own class being the predicted one.
    ///   - calibrators: what the scores mean.
    ///   - unit: how many effective rows a count stands for.
    package init?(_ scores: ClassScores, calibrators: ClassCalibrators, unit: Double = 1) {
        var parts: [Part] = []
        for name in Set(scores.classes).union(calibrators.classes).sorted() {
            let pairs = scores.pairs(of: name)
            guard let calibrator = calibrators[name],
                let decided = PerformanceEstimate(
                    predicted: ScoreDistribution(pairs, unit: unit, \.positives),
                    others: ScoreDistribution(pairs, unit: unit, \.negatives), calibrator: calibrator),
                let ranked = PerformanceEstimate(
                    ScoreDistribution(pairs, unit: unit), calibrator: calibrator, threshold: nil)
            else { return nil }
            parts.append(Part(decided: decided, ranked: ranked))
        }
        guard parts.count > 1 else { return nil }
        self.parts = parts
    }

    /// The mean over classes with its interval; nil where no class has the ratio, and of areas where one class has none.
    ///
    /// Classes without a denominator do not take part in a mean of ratios, as they do not once labels are there. The ends of the
    /// interval are the means of the ends, as if all classes erred together, so that it covers at least as often as it says.
    package func macro(_ ratio: Ratio) -> Estimate? {
        let estimates = parts.compactMap { Self.estimate(ratio, $0)?.value }
        if ratio == .rocAUC || ratio == .averagePrecision, estimates.count < parts.count { return nil }
        return Estimate(mean: estimates, weights: estimates.map { _ in 1 / Double(estimates.count) })
    }

    /// How far a mean may be from that of the scores themselves.
    package func bound(_ ratio: Ratio) -> Double {
        let bounds = parts.compactMap { Self.estimate(ratio, $0)?.bound }
        return bounds.isEmpty ? 0 : min(bounds.reduce(0, +) / Double(bounds.count), 1)
    }

    private static func estimate(_ ratio: Ratio, _ part: Part) -> (value: Estimate, bound: Double)? {
        switch ratio {
        case .precision: part.decided.precision.map { ($0, part.decided.ratioBounds.precision) }
        case .recall: part.decided.recall.map { ($0, part.decided.ratioBounds.recall) }
        case .f1: part.decided.f1.map { ($0, part.decided.ratioBounds.f1) }
        case .rocAUC: part.ranked.rocAUC.map { ($0, part.ranked.areaBound) }
        case .averagePrecision: part.ranked.averagePrecision.map { ($0, part.ranked.averagePrecisionBound) }
        }
    }
}

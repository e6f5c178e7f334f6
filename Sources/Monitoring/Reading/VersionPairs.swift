package import Statistics

/// Two versions of a model judged on the same labelled rows.
///
/// Everything is the second minus the first. Every row counts once, whatever its weight. O(1) a row, but for the area
/// under the ROC curve, which keeps both scores of every labelled row.
package struct VersionPairs: Sendable {
    /// How many ids both versions scored.
    package private(set) var ids = 0
    /// How many of them have a label.
    package private(set) var labelled = 0
    /// How many ids got the same predicted class or number from both; of rows where both predict one.
    package private(set) var agreements = 0
    /// How many ids got a predicted class or number from both.
    package private(set) var predicted = 0
    /// Labelled rows on which both predict a class.
    package private(set) var judged = 0
    package private(set) var onlyFirstRight = 0
    package private(set) var onlySecondRight = 0
    /// Log loss of both scores, of a binary model.
    package private(set) var logLoss = PairedMeans()
    /// Brier score of both scores, of a binary model.
    package private(set) var brier = PairedMeans()
    /// Absolute errors of a regression, in the unit of the prediction.
    package private(set) var absoluteError: PairedMeans
    /// Squared errors of a regression.
    package private(set) var squaredError: PairedMeans

    private var scores: [DeLong.Row] = []
    private let rules: OutcomeRules

    /// No rows yet.
    package init(_ schema: ModelSchema, residualScale: FixedPointScale) {
        rules = OutcomeRules(schema, residualScale: residualScale)
        absoluteError = PairedMeans(scale: residualScale)
        squaredError = PairedMeans(scale: FixedPointScale(exponent: 2 * residualScale.exponent))
    }

    /// Counts one id.
    package mutating func fold(
        first: Outcome, firstScore: Double, second: Outcome, secondScore: Double, actual: Outcome
    ) {
        ids += 1
        if let left = first.number, let right = second.number {
            predicted += 1
            agreements += left == right ? 1 : 0
        }
        let classes = (
            rules.predictedClass(first, score: firstScore), rules.predictedClass(second, score: secondScore)
        )
        if rules.task.isClassification, let left = classes.0, let right = classes.1 {
            predicted += 1
            agreements += left == right ? 1 : 0
        }
        switch actual {
        case .none: return
        case .category(let truth):
            labelled += 1
            if let left = classes.0, let right = classes.1 { judge(left == truth, right == truth) }
            guard rules.task == .binary, !firstScore.isNaN, !secondScore.isNaN else { return }
            fold(firstScore, secondScore, isPositive: truth == rules.positiveClass)
        case .number(let truth):
            labelled += 1
            guard let left = first.number, let right = second.number else { return }
            absoluteError.fold(first: (left - truth).magnitude, second: (right - truth).magnitude)
            squaredError.fold(first: (left - truth) * (left - truth), second: (right - truth) * (right - truth))
        }
    }

    private mutating func judge(_ first: Bool, _ second: Bool) {
        judged += 1
        onlyFirstRight += first && !second ? 1 : 0
        onlySecondRight += second && !first ? 1 : 0
    }

    private mutating func fold(_ first: Double, _ second: Double, isPositive: Bool) {
        scores.append(DeLong.Row(first: first, second: second, isPositive: isPositive))
        logLoss.fold(
            first: PairedLosses.logLoss(probability: first, isPositive: isPositive),
            second: PairedLosses.logLoss(probability: second, isPositive: isPositive))
        brier.fold(
            first: PairedLosses.brier(probability: first, isPositive: isPositive),
            second: PairedLosses.brier(probability: second, isPositive: isPositive))
    }

    /// McNemar's test; nil without rows on which both predict a class.
    package var mcNemar: McNemar? {
        judged > 0 ? McNemar(onlyFirst: onlyFirstRight, onlySecond: onlySecondRight) : nil
    }

    /// The difference of the accuracies; nil without rows on which both predict a class.
    package var accuracy: PairedShares? {
        PairedShares(onlyFirst: onlyFirstRight, onlySecond: onlySecondRight, count: judged)
    }

    /// The areas under the ROC curve and their test; nil with fewer than two rows of a class. O(rows log rows).
    package var areas: DeLong? { DeLong(scores) }
}

package import Statistics

/// Two versions of a model judged on the same labelled rows.
///
/// Everything is the second minus the first, by weight. O(1) a row, but for the area under the ROC curve, which keeps both scores of
/// every labelled row.
package struct VersionPairs: Sendable {
    /// How many ids both versions scored.
    package private(set) var ids = 0
    /// How many of them have a label.
    package private(set) var labelled = 0
    /// All ids that both versions scored, with their weights.
    package private(set) var weighed = WeighedRows()
    /// Labelled rows on which both predict a class.
    private var judged = PairedRows()
    private var agreeing = WeighedRows()
    private var comparable = WeighedRows()
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

    /// Counts one id; of two weights the lighter one counts.
    package mutating func fold(
        first: Outcome, firstScore: Double, second: Outcome, secondScore: Double, actual: Outcome,
        weight: RowWeight = .one
    ) {
        let parts = Int(weight.units)
        ids += 1
        weighed.add(parts: parts)
        if let left = first.number, let right = second.number { compare(left == right, parts) }
        let classes = (
            rules.predictedClass(first, score: firstScore), rules.predictedClass(second, score: secondScore)
        )
        if rules.task.isClassification, let left = classes.0, let right = classes.1 { compare(left == right, parts) }
        switch actual {
        case .none: return
        case .category(let truth):
            labelled += 1
            if let left = classes.0, let right = classes.1 {
                judged.fold(first: left == truth, second: right == truth, parts: parts)
            }
            guard rules.task == .binary, !firstScore.isNaN, !secondScore.isNaN else { return }
            fold(firstScore, secondScore, isPositive: truth == rules.positiveClass, parts)
        case .number(let truth):
            labelled += 1
            guard let left = first.number, let right = second.number else { return }
            absoluteError.fold(first: (left - truth).magnitude, second: (right - truth).magnitude, parts: parts)
            squaredError.fold(
                first: (left - truth) * (left - truth), second: (right - truth) * (right - truth), parts: parts)
        }
    }

    private mutating func compare(_ isSame: Bool, _ parts: Int) {
        comparable.add(parts: parts)
        if isSame { agreeing.add(parts: parts) }
    }

    private mutating func fold(_ first: Double, _ second: Double, isPositive: Bool, _ parts: Int) {
        scores.append(DeLong.Row(first: first, second: second, isPositive: isPositive, parts: parts))
        logLoss.fold(
            first: PairedLosses.logLoss(probability: first, isPositive: isPositive),
            second: PairedLosses.logLoss(probability: second, isPositive: isPositive), parts: parts)
        brier.fold(
            first: PairedLosses.brier(probability: first, isPositive: isPositive),
            second: PairedLosses.brier(probability: second, isPositive: isPositive), parts: parts)
    }

    /// The share of ids with the same predicted class or number from both, of those where both predict one; nil without any.
    package var agreement: Double? {
        comparable.count > 0 ? agreeing.weight / comparable.weight : nil
    }

    /// How many classes occur among the labelled rows that both score.
    var classes: Int { Set(scores.map(\.isPositive)).count }

    /// McNemar's test; nil without rows on which both predict a class.
    package var mcNemar: McNemar? { judged.all.count > 0 ? McNemar(judged) : nil }

    /// The difference of the accuracies; nil without rows on which both predict a class.
    package var accuracy: PairedShares? { PairedShares(judged) }

    /// The areas under the ROC curve and their test; nil with fewer than two rows of a class. O(rows log rows).
    package var areas: DeLong? { DeLong(scores) }
}

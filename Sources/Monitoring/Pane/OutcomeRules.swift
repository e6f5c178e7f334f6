package import Statistics

/// How predictions and labels of a model are judged against each other.
package struct OutcomeRules: Hashable, Sendable {
    let task: ModelSchema.Task
    let positiveClass: ByteText
    let negativeClass: ByteText
    let threshold: Double
    let residualScale: FixedPointScale

    /// The rules of a model, with the units in which residuals are summed.
    package init(_ schema: ModelSchema, residualScale: FixedPointScale) {
        task = schema.task
        positiveClass = schema.positiveClass
        negativeClass = schema.negativeClass
        threshold = schema.threshold
        self.residualScale = residualScale
    }

    /// The predicted class: what the row says, else in a binary model what its score says; nil where neither does.
    package func predictedClass(_ predicted: Outcome, score: Double) -> ByteText? {
        if let category = predicted.category { return category }
        guard task == .binary, !score.isNaN else { return nil }
        return score >= threshold ? positiveClass : negativeClass
    }

    /// Whether what a score speaks for is true: the positive class of a binary model, else the predicted class; nil where a row
    /// of a model with many classes predicts none.
    package func isTrue(_ predicted: Outcome, score: Double, actual: ByteText) -> Bool? {
        if task == .binary { return actual == positiveClass }
        return predictedClass(predicted, score: score).map { $0 == actual }
    }
}

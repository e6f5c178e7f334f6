extension ModelSchema {
    /// What a model predicts, which decides the measures of its performance.
    package enum Task: String, CaseIterable, Sendable {
        /// One of two classes, with a score for the positive one.
        case binary

        /// One of several classes.
        case multiclass

        /// A number.
        case regression

        /// Nothing that labels could judge.
        case unlabelled = "none"

        /// Whether predictions are classes.
        package var isClassification: Bool { self == .binary || self == .multiclass }
    }
}

extension EstimateGap {
    /// The same as a reason beside a null.
    package var reason: NullReason {
        switch self {
        case .task: .otherTask
        case .noReference, .noReferenceClasses: .noCalibration
        case .missingClassScores: .noClassScores
        case .outside: .scoresOutside
        case .manyClasses: .manyClasses
        case .noScores: .noScores
        case .missingScores: .missingScores
        case .otherThreshold: .otherThreshold
        case .noLabels: .noLabels
        case .unlabelledScores: .unlabelledScores
        }
    }
}

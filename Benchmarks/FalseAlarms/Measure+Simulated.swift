package import Monitoring

extension Measure {
    /// The measures of drift that have a threshold.
    package static let judgedDrift = allCases.filter { $0.isJudged && $0.scope == .drift }

    /// All measures of a column that have a threshold, the ratios of its quality among them.
    package static let judged = allCases.filter(\.isJudged)
}

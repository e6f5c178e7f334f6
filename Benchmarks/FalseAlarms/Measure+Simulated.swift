package import Monitoring

extension Measure {
    /// The measures of drift that have a threshold.
    package static let judgedDrift = allCases.filter { $0.isJudged && $0.scope == .drift }
}

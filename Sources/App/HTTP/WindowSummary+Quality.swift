import Monitoring
import Statistics

extension WindowSummary {
    /// A measure of performance with its interval at level 0.95, nil where there is none.
    func quality(of measure: Measure) -> (value: Double?, interval: Interval?) {
        (value(of: measure), estimate(of: measure)?.interval)
    }
}

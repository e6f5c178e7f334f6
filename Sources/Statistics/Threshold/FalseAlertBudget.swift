#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// The level of a single test with which a model raises no more false alerts than it may.
///
/// An alert is a run of consecutive windows that exceed their threshold. Without drift a test of level `a` begins
/// `a theta` runs for each step of its window, where `theta`, the share of exceeding windows whose successor does not exceed,
/// is the extremal index of runs. Windows that share all but `step / length` of their rows move by a normal step of
/// variance `2 step / length` in units of their noise; with an exponential excess of rate h above the threshold and the drift
/// back that stationarity asks for, `theta = 2 Phi(h sqrt(step / (2 length))) - 1` exactly. The rate is largest for a statistic
/// of many degrees of freedom, `sqrt 2` times the normal quantile, which is taken; uneven traffic makes theta smaller still.
package enum FalseAlertBudget {
    /// Windows of one length as they follow each other.
    package struct Stream: Hashable, Sendable {
        /// How many windows end in the budget's stretch of time.
        package let windows: Double
        /// The step by the length, above 0 and up to 1.
        package let stepShare: Double

        /// Windows that share all but `stepShare` of their rows with the one before.
        package init(windows: Double, stepShare: Double) {
            self.windows = windows
            self.stepShare = stepShare
        }
    }

    /// The least level that is used: beyond, no law here is to be trusted.
    package static let leastLevel = 1e-7

    /// The extremal index of runs at a level.
    package static func runShare(level: Double, stepShare: Double) -> Double {
        guard stepShare < 1, let quantile = NormalDistribution.quantile(exceededBy: level) else { return 1 }
        let rate = 2.0.squareRoot() * max(quantile, 0.5)
        return 1 - 2 * NormalDistribution.survival(rate * (stepShare / 2).squareRoot())
    }

    /// How many false alerts so many tests raise at a level.
    package static func alerts(level: Double, tests: Int, streams: [Stream]) -> Double {
        streams.reduce(0) { sum, stream in
            sum + stream.windows * level * runShare(level: level, stepShare: stream.stepShare)
        } * Double(tests)
    }

    /// The greatest level, at most `most`, at which the alerts stay within the budget. By bisection of its logarithm.
    package static func level(alerts: Double, tests: Int, streams: [Stream], most: Double = 0.2) -> Double {
        guard Self.alerts(level: most, tests: tests, streams: streams) > alerts else { return most }
        var (low, high) = (log(leastLevel), log(most))
        for _ in 0..<50 {
            let middle = (low + high) / 2
            if Self.alerts(level: exp(middle), tests: tests, streams: streams) <= alerts {
                low = middle
            } else {
                high = middle
            }
        }
        return exp(low)
    }
}

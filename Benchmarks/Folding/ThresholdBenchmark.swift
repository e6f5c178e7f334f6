import Monitoring
import Statistics
import Synchronization

/// What thresholds and verdicts cost: when a reference comes into force, for a window, and one by one.
struct ThresholdBenchmark {
    /// Keeps laws as the service does.
    private final class Kept: NullLawSource {
        private let laws = Mutex<[NullLawKey: SimulatedLaws]>([:])

        func laws(for key: NullLawKey) -> SimulatedLaws {
            if let known = laws.withLock({ $0[key] }) { return known }
            let made = SimulatedLaws(key)
            laws.withLock { $0[key] = made }
            return made
        }
    }

    private let window: WindowBenchmark

    init(_ window: WindowBenchmark) {
        self.window = window
    }

    func lines() -> [Report] {
        var watch = Stopwatch()
        var summary = window.summary
        let first = watch.median(of: 3, each: WindowBenchmark.features) {
            summary.laws = Kept()
            return settled(summary)
        }
        let noise = watch.median(of: 50, each: WindowBenchmark.features) {
            Double(ReferenceNoise(window.reference.pane, grids: window.reference.grids).count)
        }
        summary.laws = Kept()
        _ = settled(summary)
        let again = watch.median(of: 100, each: 1) { settled(summary) }
        let quality = watch.median(of: 100, each: 1) { qualities(summary) }
        let one = watch.median(of: 100, each: 1) {
            var verdicts = WindowVerdicts(summary)
            return verdicts.threshold(.ks, column: .feature("n0")) ?? 0
        }
        let laws: [NullLaw] = [
            .kolmogorov(count: 8000), .chiSquared(scale: 1, degreesOfFreedom: 9, isRoot: false),
            .cramerVonMises(reference: 10_000, window: 86_400), .andersonDarling, .normal(scale: 1),
        ]
        let critical = watch.median(of: 100, each: laws.count * 20) {
            (0..<20).reduce(0) { sum, _ in laws.reduce(sum) { $0 + ($1.critical(at: 0.01) ?? 0) } }
        }
        return [
            Report(name: "a column's laws when its reference comes into force", value: first / 1e6, unit: "ms"),
            Report(name: "the same without simulations, groups and bins alone", value: noise / 1e3, unit: "us"),
            Report(
                name: "measures, thresholds and verdicts, \(WindowBenchmark.features) features", value: again / 1e6,
                unit: "ms"),
            Report(name: "shares of broken values with their tests", value: quality / 1e6, unit: "ms"),
            Report(name: "one threshold of one column", value: one / 1e3, unit: "us"),
            Report(name: "one critical value, of five families in turn", value: critical / 1e3, unit: "us"),
        ]
    }

    private func settled(_ summary: WindowSummary) -> Double {
        var verdicts = WindowVerdicts(summary)
        verdicts.settle()
        return verdicts.settledVerdict(.ks, column: .feature("n0"))?.threshold ?? 0
    }

    private func qualities(_ summary: WindowSummary) -> Double {
        var verdicts = QualityVerdicts(summary)
        verdicts.settle()
        return verdicts.verdict(.missing, column: .feature("n0")).pValue ?? 0
    }
}

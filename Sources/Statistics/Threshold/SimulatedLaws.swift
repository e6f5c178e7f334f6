/// The laws of all measures that one simulation gives.
///
/// Made once for its key and kept: it depends on nothing else, so that whether it was kept makes no difference.
package struct SimulatedLaws: Sendable {
    private let key: NullLawKey
    private let samples: [DriftMeasure: NullSample]

    /// Simulates.
    ///
    /// - Complexity: O(draws x cells): 4,000 windows, fewer from 1,000 cells on; some ten milliseconds for ten cells, under a
    ///   second for ten thousand.
    package init(_ key: NullLawKey) {
        self.key = key
        let numbers = SeededNumbers(seed: key.seed)
        switch (key.content, key.window) {
        case (.bins(let bins), nil): samples = BinnedLaws.limits(bins, numbers)
        case (.bins(let bins), let size?): samples = BinnedLaws.windows(bins, size, numbers)
        case (.ranks(let ranks), let size):
            var gaps = RankGaps(ranks)
            if let size { gaps.addWindows(size, numbers) } else { gaps.addBridges(numbers) }
            samples = gaps.samples
        }
    }

    /// The law of a measure for windows of a size, from the simulations of all keys that stand for it; nil if they have no such
    /// measure.
    package static func law(_ measure: DriftMeasure, window size: Int, from parts: [Self]) -> NullLaw? {
        let samples = parts.compactMap { $0.samples[measure] }
        guard let key = parts.first?.key, samples.count == parts.count else { return nil }
        let noise = 1 / Double(key.referenceCount) + 1 / Double(size)
        return .sampled(
            samples, factor: key.window == nil && measure.shrinks ? noise.squareRoot() : 1,
            greatest: measure.isAtMostOne ? 1 : nil)
    }
}

extension DriftMeasure {
    /// Whether it shrinks with the noise of large windows; statistics of tests do not.
    fileprivate var shrinks: Bool { self != .andersonDarling && self != .cramerVonMises }
}

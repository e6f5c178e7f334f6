/// How many labelled rows of a binary model were judged rightly, by tenths of the score.
///
/// From the bins of `Calibration`, so it needs no scores of single rows. Only where every row has a score from 0 to 1 and
/// the threshold is a border of these bins, so that whole bins are predicted alike. O(1).
package struct ScoreBinHits: Hashable, Sendable {
    /// One tenth of the score.
    package struct Bin: Hashable, Sendable {
        /// The least score of the bin.
        package let low: Double
        /// The score that it ends at.
        package let high: Double
        /// How many labelled rows it has.
        package let count: Int
        /// How many of them were judged rightly.
        package let hits: Int
    }

    /// The bins in ascending order.
    package let bins: [Bin]

    /// Nil where the threshold is not a whole tenth, or a count is not sound.
    package init?(_ calibration: Calibration, threshold: Double) {
        let tenths = (threshold * 10).rounded()
        guard threshold == tenths / 10, tenths >= 0, tenths <= 10 else { return nil }
        bins = calibration.bins.enumerated().map { index, bin in
            Bin(
                low: Double(index) / 10, high: Double(index + 1) / 10, count: bin.count,
                hits: Double(index) >= tenths ? bin.positives : bin.count - bin.positives)
        }
        guard bins.allSatisfy({ $0.count >= 0 && $0.hits >= 0 && $0.hits <= $0.count }) else { return nil }
    }

    /// How many labelled rows there are in all bins.
    package var count: Int { bins.reduce(0) { $0 &+ $1.count } }

    /// How many of them were judged rightly.
    package var hits: Int { bins.reduce(0) { $0 &+ $1.hits } }
}

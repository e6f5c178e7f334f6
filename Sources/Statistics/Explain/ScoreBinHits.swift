/// How many labelled rows of a binary model were judged rightly, by tenths of the score.
///
/// From exact score pairs alone: of more than 8,192 distinct scores only cells are kept, of which it is not known on which
/// side of a border they lie. Scores outside 0...1 count in the outermost bins. O(distinct scores).
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

    /// Nil where scores are not kept exactly, or a count is not sound.
    package init?(_ pairs: ScorePairs, threshold: Double) {
        guard pairs.isExact else { return nil }
        var counts = [Int](repeating: 0, count: 10)
        var hits = counts
        for (key, tally) in zip(pairs.keys, pairs.tallies) {
            let score = ScorePairs.score(of: key)
            let bin = Int(min(max(score * 10, 0), 9))
            counts[bin] &+= tally.positives &+ tally.negatives
            hits[bin] &+= score >= threshold ? tally.positives : tally.negatives
        }
        bins = (0..<10).map { index in
            Bin(low: Double(index) / 10, high: Double(index + 1) / 10, count: counts[index], hits: hits[index])
        }
        guard bins.allSatisfy({ $0.count >= 0 && $0.hits >= 0 && $0.hits <= $0.count }) else { return nil }
    }

    /// How many labelled rows there are in all bins.
    package var count: Int { bins.reduce(0) { $0 &+ $1.count } }

    /// How many of them were judged rightly.
    package var hits: Int { bins.reduce(0) { $0 &+ $1.hits } }
}

/// The area under the ROC curve: how likely a positive row scores above a negative one, ties counting half.
///
/// Formula: `(2 * pairs in order + tied pairs) / (2 * all pairs)` over integers, the Mann-Whitney statistic
/// (`sklearn.metrics.roc_auc_score`). O(distinct scores).
package struct RankQuality: Hashable, Sendable {
    /// The area, 0 to 1.
    package let rocAUC: Double
    /// How far the true area may be from it: 0 while every score is kept exactly, else half of the share of pairs that
    /// fall into one cell, in which scores may differ.
    package let errorBound: Double

    /// Nil if the rows are all of one class.
    package init?(_ pairs: ScorePairs) {
        let (positives, negatives) = (pairs.positives, pairs.negatives)
        guard positives > 0, negatives > 0 else { return nil }
        var below = 0
        var twice: Int128 = 0
        var tied: Int128 = 0
        for (key, tally) in zip(pairs.keys, pairs.tallies) {
            let same = Int128(tally.positives) &* Int128(tally.negatives)
            twice &+= 2 &* Int128(tally.positives) &* Int128(below) &+ same
            if !pairs.isSingle(key) { tied &+= same }
            below &+= tally.negatives
        }
        let all = 2 * Double(positives) * Double(negatives)
        rocAUC = min(max(twice.real / all, 0), 1)
        errorBound = tied.real / all
    }
}

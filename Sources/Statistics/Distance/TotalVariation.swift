/// The total variation distance of two sets of shares.
///
/// Formula: `sum(|p - q|) / 2`, the largest difference in the probability of any set of bins (Levin, Peres and Wilmer, Markov
/// Chains and Mixing Times, 2009, proposition 4.2). From 0 to 1, exact up to one division. Smallest sound sample: about five values a bin. O(bins).
package enum TotalVariation {
    /// The distance; nil if a side is empty.
    package static func distance(of counts: PairedCounts) -> Double? {
        guard !counts.hasEmptySide else { return nil }
        let sum = counts.reference.indices.reduce(UInt128(0)) { $0 &+ counts.difference(at: $1).magnitude }
        return min(sum.real / 2 / counts.denominator, 1)
    }
}

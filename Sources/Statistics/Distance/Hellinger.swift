/// The Hellinger distance of two sets of shares.
///
/// Formula: `sqrt(sum((sqrt p - sqrt q)^2) / 2)` (Hellinger 1909), which equals `sqrt(1 - sum(sqrt(p q)))` without its
/// cancellation near 0. From 0 to 1. Smallest sound sample: about five values a bin. O(bins).
package enum Hellinger {
    /// The distance; nil if a side is empty.
    package static func distance(of counts: PairedCounts) -> Double? {
        guard !counts.hasEmptySide else { return nil }
        let (n, m) = (Double(counts.referenceTotal), Double(counts.windowTotal))
        var sum = 0.0
        for bin in counts.reference.indices {
            let roots = (Double(counts.reference[bin]) / n).squareRoot() + (Double(counts.window[bin]) / m).squareRoot()
            guard roots > 0 else { continue }
            let step = counts.difference(at: bin).real / counts.denominator / roots
            sum += step * step
        }
        return min((sum / 2).squareRoot(), 1)
    }
}

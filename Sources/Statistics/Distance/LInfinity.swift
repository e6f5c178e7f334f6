/// The largest difference of shares over all categories.
///
/// Formula: `max(|p - q|)` (the Chebyshev distance; TensorFlow Data Validation's measure for categories). From 0 to 1, exact
/// up to one division. Smallest sound sample: about thirty values. O(bins).
package enum LInfinity {
    /// The distance; nil if a side is empty.
    package static func distance(of counts: PairedCounts) -> Double? {
        guard !counts.hasEmptySide else { return nil }
        let widest = counts.reference.indices.reduce(UInt128(0)) { max($0, counts.difference(at: $1).magnitude) }
        return min(widest.real / counts.denominator, 1)
    }
}

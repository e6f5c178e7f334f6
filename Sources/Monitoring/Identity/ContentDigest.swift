/// A hash of a prediction's content, 128 bits.
///
/// Made elsewhere from ``PredictionBatch/contentBytes(row:into:)``; equal digests are taken for equal content.
package struct ContentDigest: Hashable, Sendable {
    /// The first eight bytes, big-endian.
    package let high: UInt64

    /// The last eight bytes, big-endian.
    package let low: UInt64

    /// A digest of two halves.
    package init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }
}

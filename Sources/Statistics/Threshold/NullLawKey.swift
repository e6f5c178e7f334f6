/// What a simulated law depends on, and nothing else: equal keys give equal laws in every process.
package struct NullLawKey: Hashable, Sendable {
    /// The reference's own counts or shares.
    package enum Content: Hashable, Sendable {
        /// Counts over bins or categories.
        case bins(ReferenceBins)
        /// Counts over ranks.
        case ranks(ReferenceRanks)
    }

    /// What was seen of the reference.
    package let content: Content

    /// The size of the windows that are simulated; nil for the limit of large ones.
    package let window: Int?

    /// How many values the reference has.
    var referenceCount: Int {
        switch content {
        case .bins(let bins): bins.total
        case .ranks(let ranks): ranks.total
        }
    }

    init(content: Content, window: Int?) {
        self.content = content
        self.window = window
    }

    /// Where the random numbers of the simulation start: FNV-1a over the content, so that it is the same for ever.
    package var seed: UInt64 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        func mix(_ word: UInt64) { hash = (hash ^ word) &* 0x100_0000_01B3 ^ hash &>> 29 }
        mix(UInt64(truncatingIfNeeded: window ?? -1))
        switch content {
        case .bins(let bins): for count in bins.counts { mix(UInt64(truncatingIfNeeded: count)) }
        case .ranks(let ranks):
            for (count, place) in zip(ranks.counts, ranks.places) {
                mix(UInt64(truncatingIfNeeded: count))
                mix(place.bitPattern)
            }
        }
        return hash
    }
}

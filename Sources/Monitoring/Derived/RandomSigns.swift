import Statistics

/// Four signs for every dimension of an embedding, the same ones in every process for ever.
///
/// Rademacher projections (Achlioptas, 2003) drawn by SplitMix64 (Steele, Lea and Flood, 2014), seeded by the feature's name
/// and its dimension. Never change how they are drawn: stored grids were made with them.
struct RandomSigns {
    private var state: UInt64

    init(name: ByteText, dimension: Int) {
        // FNV-1a over the name, then over the dimension.
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in name.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        state = (hash ^ UInt64(truncatingIfNeeded: dimension)) &* 0x100_0000_01B3
    }

    /// The signs of the next dimension, 1 or -1 each.
    mutating func next() -> SIMD4<Double> {
        state &+= 0x9E37_79B9_7F4A_7C15
        var word = state
        word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
        word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
        word ^= word >> 31
        func sign(_ bit: UInt64) -> Double { word >> (60 + bit) & 1 == 0 ? 1 : -1 }
        return SIMD4(sign(0), sign(1), sign(2), sign(3))
    }
}

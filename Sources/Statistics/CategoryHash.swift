/// The fixed 64-bit hash of a category's bytes: the same in every process and for ever.
enum CategoryHash {
    /// FNV-1a over the bytes, with its bits mixed once more so that all of them can be used.
    static func value(of text: ByteText) -> UInt64 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in text.utf8 {
            hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3
        }
        hash = (hash ^ hash >> 33) &* 0xFF51_AFD7_ED55_8CCD
        hash = (hash ^ hash >> 33) &* 0xC4CE_B9FE_1A85_EC53
        return hash ^ hash >> 33
    }

    /// How many cells names without a count of their own share.
    static let cellCount = 1024

    /// The cell of such a name; from the low bits, because `CategoryNames` selects by the high ones.
    static func cell(of text: ByteText) -> Int {
        Int(truncatingIfNeeded: value(of: text) & UInt64(cellCount - 1))
    }
}

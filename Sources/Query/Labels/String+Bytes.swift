extension String {
    /// Whether both texts are the same UTF-8 bytes; `==` would also merge Unicode forms.
    func hasSameBytes(as other: String) -> Bool {
        let (mine, theirs) = (utf8, other.utf8)
        guard mine.count == theirs.count else { return false }
        let (first, second) = (mine.span, theirs.span)
        for place in first.indices where first[place] != second[place] { return false }
        return true
    }

    /// Whether this text comes first in the order of UTF-8 bytes.
    func precedesInBytes(_ other: String) -> Bool {
        utf8.lexicographicallyPrecedes(other.utf8)
    }

    /// Negative, zero or positive, as this text comes before, equals or follows another in the order of UTF-8 bytes.
    func byteOrder(to other: String) -> Int {
        let (mine, theirs) = (utf8, other.utf8)
        let (first, second) = (mine.span, theirs.span)
        for place in 0..<min(first.count, second.count) where first[place] != second[place] {
            return first[place] < second[place] ? -1 : 1
        }
        return first.count - second.count
    }

    /// Feeds the UTF-8 bytes, eight at a time, and their count, so that texts cannot run into each other.
    func hashBytes(into hasher: inout Hasher) {
        var word: UInt64 = 0
        var count = 0
        for byte in utf8 {
            word = word << 8 | UInt64(byte)
            count += 1
            if count % 8 == 0 {
                hasher.combine(word)
                word = 0
            }
        }
        hasher.combine(word)
        hasher.combine(count)
    }
}

extension String {
    /// Whether both texts are the same UTF-8 bytes; `==` would also merge Unicode forms.
    func hasSameBytes(as other: String) -> Bool {
        utf8.count == other.utf8.count && utf8.elementsEqual(other.utf8)
    }

    /// Whether this text comes first in the order of UTF-8 bytes.
    func precedesInBytes(_ other: String) -> Bool {
        utf8.lexicographicallyPrecedes(other.utf8)
    }

    /// Negative, zero or positive, as this text comes before, equals or follows another in the order of UTF-8 bytes.
    func byteOrder(to other: String) -> Int {
        var others = other.utf8.makeIterator()
        for byte in utf8 {
            guard let next = others.next() else { return 1 }
            if byte != next { return byte < next ? -1 : 1 }
        }
        return others.next() == nil ? 0 : -1
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

/// The keys of one object, to see whether one comes twice. It is reused from object to object.
///
/// An open table of places on the tape. The hash is seeded at random, so that nobody can choose keys that collide.
struct KeySet: ~Copyable {
    private struct Slot {
        var object: UInt32 = 0
        var hash: UInt32 = 0
        var key = 0
    }

    private var slots = [Slot](repeating: Slot(), count: 64)
    private var object: UInt32 = 0

    /// Empties the set and makes room for that many keys.
    ///
    /// - Complexity: O(1), but for growth.
    mutating func begin(count: Int) {
        var size = slots.count
        while size < count * 2 { size *= 2 }
        if size > slots.count || object == .max {
            slots = [Slot](repeating: Slot(), count: size)
            object = 0
        }
        object += 1
    }

    /// Puts the key at a place of the tape into the set; false if an equal one is there.
    mutating func insert(_ key: Int, of tape: borrowing JSONTape) -> Bool {
        let text = tape.text(key)
        let hash = hash(text)
        var place = Int(truncatingIfNeeded: hash >> 32) & (slots.count - 1)
        while slots[place].object == object {
            if slots[place].hash == UInt32(truncatingIfNeeded: hash), Self.isEqual(tape.text(slots[place].key), text) {
                return false
            }
            place = (place + 1) & (slots.count - 1)
        }
        slots[place] = Slot(object: object, hash: UInt32(truncatingIfNeeded: hash), key: key)
        return true
    }

    // Of the process: a request of one row would spend more on chance than on its keys.
    private static let chance = (
        seed: UInt64.random(in: .min ... .max), multiplier: UInt64.random(in: .min ... .max) | 1
    )
    private let seed = Self.chance.seed
    private let multiplier = Self.chance.multiplier

    /// Words of eight bytes, each folded in by a 64 by 64 bit product, as wyhash does.
    private func hash(_ text: Span<UInt8>) -> UInt64 {
        unsafe text.withUnsafeBytes { bytes in
            var state = seed ^ UInt64(truncatingIfNeeded: bytes.count)
            var place = 0
            while place + 8 <= bytes.count {
                let word = unsafe bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self)
                state = fold(state ^ word)
                place += 8
            }
            var word: UInt64 = 0
            while place < bytes.count {
                word = word << 8 | UInt64(unsafe bytes[place])
                place += 1
            }
            return fold(fold(state ^ word))
        }
    }

    private func fold(_ word: UInt64) -> UInt64 {
        let product = word.multipliedFullWidth(by: multiplier)
        return product.high ^ product.low
    }

    private static func isEqual(_ left: Span<UInt8>, _ right: Span<UInt8>) -> Bool {
        guard left.count == right.count else { return false }
        for place in left.indices where left[place] != right[place] { return false }
        return true
    }
}

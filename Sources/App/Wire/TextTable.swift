import Statistics

/// Distinct texts, each with a place in order of first appearance; looking one up copies nothing.
///
/// An open table over the bytes. The hash is seeded at random, so that nobody can choose texts that collide.
struct TextTable: Sendable {
    /// The texts by their places.
    private(set) var texts: [ByteText] = []

    private var slots = Self.noSlots
    private var hashes: [UInt64] = []
    private var arena: [UInt8] = []
    private var ends: [Int] = []

    /// How many texts there are.
    var count: Int { texts.count }

    /// The place of a text that is there.
    func place(of bytes: Span<UInt8>) -> Int? {
        let hash = hash(bytes)
        var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
        while slots[slot] >= 0 {
            let place = Int(slots[slot])
            if hashes[place] == hash, matches(place, bytes) { return place }
            slot = (slot + 1) & (slots.count - 1)
        }
        return nil
    }

    /// The place of a text, put there if it is new; nil for one that cannot be stored: with U+0000, or no UTF-8.
    mutating func insert(_ bytes: Span<UInt8>) -> Int? {
        let hash = hash(bytes)
        var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
        while slots[slot] >= 0 {
            let place = Int(slots[slot])
            if hashes[place] == hash, matches(place, bytes) { return place }
            slot = (slot + 1) & (slots.count - 1)
        }
        guard let text = ByteText(storing: bytes) else { return nil }
        let place = texts.count
        texts.append(text)
        hashes.append(hash)
        for index in bytes.indices { arena.append(bytes[index]) }
        ends.append(arena.count)
        slots[slot] = Int32(clamping: place)
        if texts.count * 2 > slots.count { grow() }
        return place
    }

    /// Whether the text at a place has these bytes.
    func matches(_ place: Int, _ bytes: Span<UInt8>) -> Bool {
        let start = place == 0 ? 0 : ends[place - 1]
        guard ends[place] - start == bytes.count else { return false }
        let stored = arena.span.extracting(start..<ends[place])
        for index in bytes.indices where stored[index] != bytes[index] { return false }
        return true
    }

    private mutating func grow() {
        slots = [Int32](repeating: -1, count: slots.count * 2)
        for place in texts.indices {
            var slot = Int(truncatingIfNeeded: hashes[place]) & (slots.count - 1)
            while slots[slot] >= 0 { slot = (slot + 1) & (slots.count - 1) }
            slots[slot] = Int32(clamping: place)
        }
    }

    private static let noSlots = [Int32](repeating: -1, count: 16)
    // Once for the process: a request has a dozen tables, and each number would be asked of the kernel.
    private static let seed = UInt64.random(in: .min ... .max)
    private static let multiplier = UInt64.random(in: .min ... .max) | 1
    private let seed = Self.seed
    private let multiplier = Self.multiplier

    /// Words of eight bytes, each folded in by a 64 by 64 bit product, as wyhash does.
    private func hash(_ bytes: Span<UInt8>) -> UInt64 {
        var state = seed ^ UInt64(truncatingIfNeeded: bytes.count)
        var place = 0
        while place < bytes.count {
            var word: UInt64 = 0
            let end = min(place + 8, bytes.count)
            while place < end {
                word = word << 8 | UInt64(bytes[place])
                place += 1
            }
            let product = (state ^ word).multipliedFullWidth(by: multiplier)
            state = product.high ^ product.low
        }
        let product = state.multipliedFullWidth(by: multiplier)
        return product.high ^ product.low
    }
}

extension ByteText {
    /// A copy of bytes as text; nil for what PostgreSQL cannot store: U+0000, or no UTF-8.
    init?(storing bytes: Span<UInt8>) {
        for index in bytes.indices where bytes[index] == 0 { return nil }
        do {
            self.init(String(copying: try UTF8Span(validating: bytes)))
        } catch {
            return nil
        }
    }
}

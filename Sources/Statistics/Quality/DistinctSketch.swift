/// Which distinct values occurred, in little memory: their hashes while they are few, else HyperLogLog registers.
///
/// Registers and the switch between the forms depend on the set of hashes alone, so that any order, splitting and merging
/// gives equal bytes (Flajolet, Fusy, Gandouet, Meunier 2007). A sketch merges and cannot be subtracted; over a sliding
/// window it is kept by `SlidingUnion`.
package struct DistinctSketch: Hashable, Sendable, OverlappingSummary {
    /// How fine a sketch is.
    package enum Size: UInt8, Hashable, Sendable {
        /// 256 registers of a column: exact up to 64 values, beyond with a standard error of 6.5 %.
        case column = 8
        /// 4,096 registers of whole rows: exact up to 1,024, beyond with a standard error of 1.6 %.
        case rows = 12

        /// The binary logarithm of the number of registers.
        var precision: Int { Int(rawValue) }
        /// How many registers there are.
        var registerCount: Int { 1 << precision }
        /// How many hashes are kept one by one; they then take as much memory as registers.
        var exactLimit: Int { registerCount / 4 }
        /// How many bits of a hash are looked at; three or four bytes.
        var hashBits: Int { self == .column ? 24 : 32 }
        /// The greatest value of a register.
        var greatestRank: Int { hashBits - precision + 1 }
    }

    /// How fine it is; only sketches of one size merge.
    package let size: Size
    /// Whether values were counted that the sketch never saw, because it came after them; then it tells nothing.
    package internal(set) var isPartial = false
    /// The hashes in ascending order; empty in the register form.
    var hashes: [UInt32] = []
    /// The registers; empty in the exact form.
    var registers: [UInt8] = []

    /// No values yet.
    package init(_ size: Size) {
        self.size = size
    }

    /// Notes that so many rows were counted that the sketch never saw.
    package mutating func markPartial(rows: Int) {
        isPartial = isPartial || rows != 0
    }

    /// Whether nothing was seen.
    package var isEmpty: Bool { hashes.isEmpty && registers.isEmpty && !isPartial }

    /// How many distinct values there are; nil if the sketch is partial. O(registers).
    package var count: DistinctCount? {
        guard !isPartial else { return nil }
        guard !registers.isEmpty else { return DistinctCount(value: Double(hashes.count), errorBound: 0) }
        return DistinctCount(registers: registers, size: size)
    }

    /// Takes one value by its 64-bit hash. O(1), or O(exact limit) while the values are few.
    @inline(__always)
    package mutating func insert(_ hash: UInt64) {
        insert(truncated: UInt32(truncatingIfNeeded: hash >> UInt64(64 - size.hashBits)))
    }

    mutating func insert(truncated hash: UInt32) {
        guard registers.isEmpty else {
            raise(hash)
            return
        }
        let place = place(of: hash)
        guard place == hashes.count || hashes[place] != hash else { return }
        hashes.insert(hash, at: place)
        if hashes.count > size.exactLimit { makeRegisters() }
    }

    /// Takes several hashes at once, in any order; what is given is sorted.
    mutating func insert(truncated batch: inout [UInt32]) {
        guard registers.isEmpty, batch.count > 8 else {
            for hash in batch { insert(truncated: hash) }
            return
        }
        batch.sort()
        hashes = Self.union(hashes, batch)
        if hashes.count > size.exactLimit { makeRegisters() }
    }

    package mutating func merge(_ other: DistinctSketch) {
        precondition(size == other.size, "sketches of different sizes do not merge")
        isPartial = isPartial || other.isPartial
        if !other.registers.isEmpty {
            makeRegisters()
            let theirs = other.registers.span
            var mine = registers.mutableSpan
            for index in mine.indices { mine[index] = Swift.max(mine[index], theirs[index]) }
        } else if !registers.isEmpty || other.hashes.count <= 8 {
            for hash in other.hashes { insert(truncated: hash) }
        } else {
            hashes = hashes.isEmpty ? other.hashes : Self.union(hashes, other.hashes)
            if hashes.count > size.exactLimit { makeRegisters() }
        }
    }

    private func place(of hash: UInt32) -> Int {
        var (low, high) = (0, hashes.count)
        while low < high {
            let middle = (low + high) / 2
            if hashes[middle] < hash { low = middle + 1 } else { high = middle }
        }
        return low
    }

    private mutating func makeRegisters() {
        guard registers.isEmpty else { return }
        registers = [UInt8](repeating: 0, count: size.registerCount)
        for hash in hashes { raise(hash) }
        hashes = []
    }

    /// Raises the register of a hash to the place of its first one behind the register's number.
    @inline(__always)
    mutating func raise(_ hash: UInt32) {
        let (index, rank) = Self.register(of: hash, size)
        registers[index] = Swift.max(registers[index], rank)
    }

    @inline(__always)
    static func register(of hash: UInt32, _ size: Size) -> (index: Int, rank: UInt8) {
        let aligned = hash << UInt32(32 - size.hashBits)
        let index = Int(truncatingIfNeeded: aligned >> UInt32(32 - size.precision))
        // A one behind the last bit ends the search, so that nothing need be held down.
        let rest = aligned << UInt32(size.precision) | 1 << UInt32(32 - size.greatestRank)
        let rank = rest.leadingZeroBitCount &+ 1
        return (index, UInt8(truncatingIfNeeded: rank))
    }

    /// The union of two ascending lists, without repetitions; the second may have some.
    private static func union(_ left: [UInt32], _ right: [UInt32]) -> [UInt32] {
        var result: [UInt32] = []
        result.reserveCapacity(left.count + right.count)
        var (mine, theirs) = (0, 0)
        while mine < left.count || theirs < right.count {
            let takesMine = theirs == right.count || (mine < left.count && left[mine] <= right[theirs])
            let next = takesMine ? left[mine] : right[theirs]
            if takesMine { mine += 1 } else { theirs += 1 }
            if result.last != next { result.append(next) }
        }
        return result
    }
}

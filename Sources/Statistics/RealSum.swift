/// A sum of real numbers of any size that does not depend on order and that subtraction undoes.
///
/// The exponents of `Double` are cut into bins of 16. A number is a whole multiple of its bin's unit and is added there in 128
/// bits, so nothing is ever rounded (a small superaccumulator, Neal 2015, without carries). A number of up to 2^30
/// multiplicity fits 2^29 times. Adding is O(bins), of which data rarely need more than four.
package struct RealSum: Hashable, Sendable {
    /// What was added of numbers of one range of exponents.
    struct Bin: Hashable, Sendable {
        /// The number of the bin; its unit is `2^(16 index - 1074)`.
        let index: Int
        /// How many units; never 0.
        var units: Int128
    }

    /// The highest number of a bin.
    static let lastIndex = 2046 / RealSum.width
    private static let width = 16
    private(set) var bins: [Bin] = []

    /// Nothing yet.
    package init() {}

    init(bins: [Bin]) {
        self.bins = bins
    }

    /// Whether everything that was added has left again, bin by bin.
    package var isEmpty: Bool { bins.isEmpty }

    /// Adds a finite number as often as told, or takes it out with a number below 0.
    package mutating func add(_ value: Double, times: Int = 1) {
        guard value.isFinite, value != 0, times != 0 else { return }
        let bits = value.bitPattern
        let field = Int(truncatingIfNeeded: bits >> 52) & 0x7FF
        let implicit: UInt64 = field == 0 ? 0 : 1
        let significand = bits & 0xF_FFFF_FFFF_FFFF | implicit &<< 52
        let place = max(field, 1) &- 1
        let units = Int128(significand) &<< Int128(place % RealSum.width)
        add((value < 0 ? 0 &- units : units) &* Int128(times), at: place / RealSum.width)
    }

    package mutating func merge(_ other: RealSum) {
        for bin in other.bins { add(bin.units, at: bin.index) }
    }

    package mutating func subtract(_ other: RealSum) {
        for bin in other.bins { add(0 &- bin.units, at: bin.index) }
    }

    private mutating func add(_ units: Int128, at index: Int) {
        let place = bins.firstIndex { $0.index >= index } ?? bins.count
        guard place < bins.count, bins[place].index == index else {
            if units != 0 { bins.insert(Bin(index: index, units: units), at: place) }
            return
        }
        bins[place].units &+= units
        if bins[place].units == 0 { bins.remove(at: place) }
    }

    /// The sum as a real number, rounded a few times at most; infinite beyond what `Double` holds.
    package var real: Double {
        var (sum, rest) = (0.0, 0.0)
        for bin in bins.reversed() {
            let part = Double(sign: .plus, exponent: RealSum.width * bin.index - 1074, significand: bin.units.real)
            guard part.isFinite, sum.isFinite else { return .infinity }
            let next = sum + part
            rest += sum.magnitude >= part.magnitude ? (sum - next) + part : (part - next) + sum
            sum = next
        }
        return sum + rest
    }
}

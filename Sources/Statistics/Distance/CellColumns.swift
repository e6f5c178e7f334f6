/// Numbers of the index pairs of a chunk, column after column.
///
/// Loops over all places of such columns, without branches and calls, become vector instructions: the places are a constant and
/// reads need no checks, because the length of the memory is known to be that of all columns.
struct CellColumns: ~Escapable {
    /// What is known of an index pair.
    enum Name: Int, CellPart {
        /// What is counted in the open cell.
        case referenceOpen, windowOpen
        /// What is counted at the cut point.
        case referencePoint, windowPoint
        /// How many values lie below the open cell.
        case referenceBelow, windowBelow
        /// The gaps below the open cell, between it and the cut point, and above that.
        case before, between, after
        /// The largest and the least gap that are possible inside the open cell.
        case highest, lowest

        static let count = 11
    }

    /// How many index pairs a chunk has; a few kilobytes, so that all columns stay in the nearest cache.
    static let places = 32

    private let numbers: Span<Double>

    /// The columns of a chunk, as they lie in memory.
    @_lifetime(copy numbers)
    @inline(__always)
    init(_ numbers: Span<Double>) {
        precondition(numbers.count == Name.count * Self.places, "a chunk has so many columns")
        self.numbers = numbers
    }

    @inline(__always)
    subscript(_ name: Name, _ place: Int) -> Double { numbers[name.rawValue &* Self.places &+ place] }

    /// Whether an open cell holds values of both sides, whose order is not known.
    @inline(__always)
    func isMixed(_ place: Int) -> Bool { self[.referenceOpen, place] * self[.windowOpen, place] != 0 }
}

/// The greater of two numbers; unlike `max` nothing but a comparison.
@inline(__always)
func greater(_ left: Double, _ right: Double) -> Double { left > right ? left : right }

/// The smaller of two numbers; unlike `min` nothing but a comparison.
@inline(__always)
func lesser(_ left: Double, _ right: Double) -> Double { left < right ? left : right }

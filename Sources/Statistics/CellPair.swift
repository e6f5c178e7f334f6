/// What a rank grid counts at one index: the open interval below a cut point, and the cut point itself.
///
/// Only the interval needs a sum: all values at a cut point are the cut point.
package struct CellPair: Hashable, Sendable {
    /// How many values lie in the open interval between the cut point before and this one.
    package internal(set) var open: Int
    /// How many values equal the cut point; 0 at the last index, which has none.
    package internal(set) var point: Int
    /// The sum of the values of the open interval, in units of the grid's scale.
    package internal(set) var sum: Int128

    static let zero = CellPair(open: 0, point: 0, sum: 0)

    @inline(__always)
    var isZero: Bool { open == 0 && point == 0 && sum == 0 }

    @inline(__always)
    static func &+= (left: inout CellPair, right: CellPair) {
        left.open &+= right.open
        left.point &+= right.point
        left.sum &+= right.sum
    }

    @inline(__always)
    static func &-= (left: inout CellPair, right: CellPair) {
        left.open &-= right.open
        left.point &-= right.point
        left.sum &-= right.sum
    }
}

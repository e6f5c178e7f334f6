#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// How many bins of equal width two common rules give a column, from its least to its greatest value.
///
/// Other tools compare columns over such bins; a grid freezes their edges, so that their definitions can be reproduced
/// exactly. As `numpy.histogram_bin_edges(x, bins="doane")` (Doane 1976) and `bins="sturges"` (Sturges 1926).
package struct EqualWidthBins: Hashable, Sendable {
    /// By Doane's rule, which takes skewness into account; 0 where the edges are not frozen.
    package let doane: Int
    /// By Sturges' rule; 0 where the edges are not frozen.
    package let sturges: Int

    /// No such bins.
    package static let none = EqualWidthBins(doane: 0, sturges: 0)

    /// Far more than either rule gives for any column.
    static let most = 1024
    /// The fewest cut points a grid must be allowed for the edges to be among them.
    static let smallestLimit = 256

    init(doane: Int, sturges: Int) {
        self.doane = doane
        self.sturges = sturges
    }

    /// The rules for sorted finite values; none where they are constant. O(n).
    init(ofSorted values: [Double]) {
        guard let least = values.first, let greatest = values.last, least < greatest else {
            self = .none
            return
        }
        let count = Double(values.count)
        let sturges = EqualWidthBins.usable(log2(count) + 1, from: least, to: greatest)
        // Divided by the largest magnitude, so that no power overflows.
        let unit = max(least.magnitude, greatest.magnitude)
        let mean = values.reduce(0) { $0 + $1 / unit } / count
        let squares = values.reduce(0) { $0 + ($1 / unit - mean) * ($1 / unit - mean) }
        let deviation = (squares / count).squareRoot()
        var doane = 0
        if count > 2, deviation > 0 {
            let cubes = values.reduce(0) { sum, value in
                let part = (value / unit - mean) / deviation
                return sum + part * part * part
            }
            let expected = (6 * (count - 2) / ((count + 1) * (count + 3))).squareRoot()
            let wanted = 1 + log2(count) + log2(1 + (cubes / count).magnitude / expected)
            doane = EqualWidthBins.usable(wanted, from: least, to: greatest)
        }
        self.init(doane: doane, sturges: sturges)
    }

    /// A number of bins, 0 where their edges are not in ascending order.
    private static func usable(_ bins: Double, from least: Double, to greatest: Double) -> Int {
        guard bins.isFinite, let count = Int(exactly: bins.rounded(.up)), count <= most else { return 0 }
        return edges(count, from: least, to: greatest) == nil ? 0 : count
    }

    /// The edges, as `numpy.linspace`; nil without bins or where rounding makes them coincide.
    static func edges(_ bins: Int, from least: Double, to greatest: Double) -> [Double]? {
        guard bins > 0 else { return nil }
        let step = (greatest - least) / Double(bins)
        guard step.isFinite else { return nil }
        var edges = (0..<bins).map { Double($0) * step + least }
        edges.append(greatest)
        return zip(edges, edges.dropFirst()).allSatisfy { $0 < $1 } ? edges : nil
    }
}

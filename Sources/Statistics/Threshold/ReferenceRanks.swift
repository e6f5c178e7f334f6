/// The values of a reference in ascending order, in so few groups that windows can be simulated over them.
///
/// A value with a larger share than a group is a group of its own. O(occupied cells) to make.
package struct ReferenceRanks: Hashable, Sendable {
    /// How many values each group holds.
    package private(set) var counts: [Int] = []
    /// The mean of each group.
    package private(set) var places: [Double] = []
    /// Whether all values of a group are one.
    package private(set) var isPoint: [Bool] = []
    /// The share of the most frequent value.
    package private(set) var heaviest = 0.0

    /// About how many groups there are besides frequent values.
    private static let groups = 128
    /// From which share of one value on ties show in the law of the Kolmogorov-Smirnov statistic.
    private static let tied = 0.01

    /// Groups the counts of a reference.
    ///
    /// - Parameters:
    ///   - cells: the counts.
    ///   - grid: what they are counted over.
    ///   - rows: how many rows they are worth where they are weighted.
    package init(_ cells: GridCounts, grid: RankGrid, rows: Int? = nil) {
        let (heavy, peak) = Self.frequent(cells)
        let most = max((cells.count - heavy) / Self.groups, 1)
        let widest = Self.width(of: grid)
        var group = RankGroup()
        func close(_ ranks: inout Self) {
            if group.count > 0 { ranks.append(group) }
            group = RankGroup()
        }
        for (index, pair) in cells.occupied {
            if pair.open > 0 {
                let sum = grid.scale.real(pair.sum.real)
                if group.isFar(sum / Double(pair.open), by: widest) { close(&self) }
                group.add(pair.open, sum: sum, isPoint: false)
                if group.count >= most { close(&self) }
            }
            guard pair.point > 0 else { continue }
            let value = grid.cutPoints[index]
            if pair.point >= most || group.isFar(value, by: widest) { close(&self) }
            group.add(pair.point, sum: value * Double(pair.point), isPoint: true)
            if group.count >= most { close(&self) }
        }
        close(&self)
        heaviest = cells.count > 0 ? Double(peak) / Double(cells.count) : 0
        counts = ReferenceBins.scaled(counts, to: rows)
    }

    /// The same groups of so many values: the effective number of weighted rows. Each count is rounded.
    package func scaled(to rows: Double) -> Self {
        let total = counts.reduce(0, &+)
        guard total > 0, rows.isFinite, rows >= 0 else { return self }
        var ranks = self
        ranks.counts = counts.map { Int(exactly: (Double($0) / Double(total) * rows).rounded()) ?? 0 }
        return ranks
    }

    /// How many values are at frequent places, and how many at the most frequent one.
    private static func frequent(_ cells: GridCounts) -> (heavy: Int, peak: Int) {
        let least = max(cells.count / groups, 1)
        return cells.occupied.reduce(into: (0, 0)) { sum, cell in
            if cell.pair.point > least { sum.0 += cell.pair.point }
            sum.1 = max(sum.1, cell.pair.point)
        }
    }

    /// How far apart values of one group may lie: tails must not be one group, or distances along the axis were lost.
    private static func width(of grid: RankGrid) -> Double {
        guard let low = grid.deciles.first, let high = grid.deciles.last, high > low else {
            return ((grid.cutPoints.last ?? 0) - (grid.cutPoints.first ?? 0)) / Double(groups)
        }
        return (high - low) / Double(groups / 2)
    }

    private mutating func append(_ group: RankGroup) {
        counts.append(group.count)
        places.append(group.sum / Double(group.count))
        isPoint.append(group.isPoint)
    }

    /// How many values there are.
    package var total: Int { counts.reduce(0, &+) }

    /// Whether one value is so frequent that the law of continuous columns does not hold.
    package var isTied: Bool { heaviest > Self.tied }

    /// The mean and the standard deviation of the groups.
    var moments: (mean: Double, std: Double) {
        let total = Double(total)
        let mean = zip(places, counts).reduce(0) { $0 + $1.0 * Double($1.1) } / total
        let square = zip(places, counts).reduce(0) { $0 + ($1.0 - mean) * ($1.0 - mean) * Double($1.1) } / total
        return (mean, square.squareRoot())
    }

    /// The fourth moment over the square of the second, of the groups, and the greatest share of a single value in the fourth.
    ///
    /// Nil without spread. Where one value has much of the fourth moment it is not known, and may not exist.
    var kurtosis: (value: Double, greatest: Double)? {
        let (mean, std) = moments
        guard std > 0 else { return nil }
        var (sum, greatest) = (0.0, 0.0)
        for (place, count) in zip(places, counts) {
            let square = (place - mean) / std * ((place - mean) / std)
            sum += square * square * Double(count)
            greatest = max(greatest, square * square)
        }
        let kurtosis = sum / Double(total)
        return kurtosis.isFinite && sum > 0 ? (kurtosis, greatest / sum) : nil
    }

    /// Whether sums over windows are normal enough on both sides for the limit of large windows.
    func isRegular(window size: Int) -> Bool {
        let total = Double(total)
        var below = 0.0
        var widest = 0.0
        for count in counts {
            below += Double(count) / total
            widest = max(widest, below * (1 - below))
        }
        return widest * min(total, Double(size)) >= ThresholdLimits.expectedVariance
    }

    /// Whether sums over the reference itself are normal enough for distances along the axis, which rare far values decide.
    package var hasSpread: Bool { isRegular(window: .max) }

    /// Whether it is made of some numbers that are frequent each, so that none is missing.
    var hasFewPlaces: Bool { counts.count > 1 && !isPoint.contains(false) && counts.allSatisfy { $0 >= 5 } }

    /// The groups with what may lie beyond them on either side: a row's worth, as beyond the extremes of any continuous sample.
    ///
    /// It is put as far out as the twenty outermost values lie beyond those before them on average. A frequent value at an end
    /// is taken for a border of the column; a reference of one value does not show that there is no other.
    var extended: (counts: [Int], weights: [Double], places: [Double], isPoint: [Bool]) {
        guard counts.count > 1 else {
            return (counts + [0], counts.map(Double.init) + [1], places + places, [true, true])
        }
        var all = (counts, counts.map(Double.init), places, isPoint)
        if let high = beyond(Array(zip(places, counts)).reversed()) {
            all = (all.0 + [0], all.1 + [1], all.2 + [high], all.3 + [true])
        }
        if let low = beyond(Array(zip(places, counts))) {
            all = ([0] + all.0, [1] + all.1, [low] + all.2, [true] + all.3)
        }
        return all
    }

    /// Where values beyond an end are taken to lie; nil for an end that many values share.
    private func beyond(_ outermostFirst: [(place: Double, count: Int)]) -> Double? {
        guard let end = outermostFirst.first else { return nil }
        let isLow = end.place == places.first
        if isLow ? isPoint[0] && counts[0] > 1 : isPoint[isPoint.count - 1] && counts[counts.count - 1] > 1 {
            return nil
        }
        var (number, sum) = (0, 0.0)
        for group in outermostFirst {
            guard number < 20 else {
                let place = end.place + (sum / Double(number) - group.place)
                return place.isFinite ? place : nil
            }
            number += group.count
            sum += group.place * Double(group.count)
        }
        return nil
    }
}

/// Both sides of a column index by index, with the gaps between their distribution functions, from which potentials are made.
struct PotentialGaps {
    /// One index of the grid.
    struct Place {
        let reference: CellPair
        let window: CellPair
        /// How many values lie below the open interval.
        let below: (reference: Int, window: Int)
        /// The gaps F - G below the open interval, between it and the cut point, and above that, as shares.
        let before: Double
        let between: Double
        let after: Double
    }

    /// What a term weighs the gaps around a place by.
    typealias Weights = (before: Double, between: Double, after: Double)

    /// The sizes that tests go by.
    let rows: SampleSizes
    private let n: Int
    private let m: Int
    private var places: [Place] = []

    /// Two sides that are counted on one grid, neither of them empty.
    init(_ reference: GridCounts, _ window: GridCounts, _ sizes: SampleSizes?) {
        (n, m) = (reference.count, window.count)
        rows = sizes ?? SampleSizes(reference: Double(n), window: Double(m))
        var pairs = [(CellPair, CellPair)](repeating: (.zero, .zero), count: reference.pairCount)
        for (index, pair) in reference.occupied { pairs[index].0 = pair }
        for (index, pair) in window.occupied { pairs[index].1 = pair }
        var below = (reference: 0, window: 0)
        let (first, second) = (Int128(n), Int128(m))
        let step = 1 / (Double(n) * Double(m))
        func gap(_ reference: Int, _ window: Int) -> Double {
            (Int128(reference) &* second &- Int128(window) &* first).real * step
        }
        places.reserveCapacity(pairs.count)
        for (old, new) in pairs {
            let inside = (below.reference &+ old.open, below.window &+ new.open)
            let above = (inside.0 &+ old.point, inside.1 &+ new.point)
            places.append(
                Place(
                    reference: old, window: new, below: below, before: gap(below.reference, below.window),
                    between: gap(inside.0, inside.1), after: gap(above.0, above.1)))
            below = above
        }
    }

    /// The step function of a measure whose term at each place weighs the gaps around it.
    func steps(_ weights: (Self, Place) -> Weights) -> [PotentialCell]? {
        var cells = [PotentialCell](repeating: PotentialCell(), count: places.count)
        var sum = 0.0
        for index in places.indices.reversed() {
            let weight = weights(self, places[index])
            sum += weight.after
            cells[index].point = -sum
            sum += weight.between
            cells[index].open = -sum
            sum += weight.before
        }
        return sum.isFinite ? cells : nil
    }

    /// What Cramer and von Mises' statistic weighs gaps by, but for its ties.
    func cramerVonMises(_ place: Place) -> Weights {
        let factor = rows.harmonic / 4
        let point = factor * share(place.reference.point, place.window.point)
        let inside = factor * share(place.reference.open, place.window.open) / 3
        return (
            inside * (2 * place.before + place.between),
            inside * (place.before + 2 * place.between) + point * place.between, point * place.after
        )
    }

    /// What Anderson and Darling's statistic weighs gaps by, but for what is taken from it.
    func andersonDarling(_ place: Place, deviation: Double) -> Weights {
        let each = (reference: rows.reference / Double(n), window: rows.window / Double(m))
        let total = rows.reference + rows.window
        let factor = (total - 1) / total * rows.reference * rows.window / deviation
        let below = Double(place.below.reference) * each.reference + Double(place.below.window) * each.window
        let open = Double(place.reference.open) * each.reference + Double(place.window.open) * each.window
        let held = Double(place.reference.point) * each.reference + Double(place.window.point) * each.window
        let rank = below + open + held / 2
        let weight = rank * (total - rank) - held * total / 4
        let point = weight > 0 ? factor * held / weight * (place.between + place.after) / 4 : 0
        // An open interval as evenly as its term is of the mean square of a gap that changes evenly.
        let square = CellPath.meanSquare(place.before, place.between)
        guard open > 0, square > 0 else { return (0, point, point) }
        let term = CellQuadrature.sum(
            from: below, held: open, total: total, before: place.before, after: place.between)
        let part = factor * term / square / 6
        return (
            part * (2 * place.before + place.between), part * (place.before + 2 * place.between) + point, point
        )
    }

    private func share(_ reference: Int, _ window: Int) -> Double {
        Double(reference) / Double(n) + Double(window) / Double(m)
    }

    /// The function that rises with the sign of the gap or, squared, with twice the gap itself.
    func areas(_ grid: RankGrid, _ extremes: Extremes, isSquared: Bool) -> [PotentialCell]? {
        let unit = grid.scale.real(1)
        let rise = { (gap: Double) in unit * (isSquared ? 2 * gap : gap > 0 ? 1 : gap < 0 ? -1 : 0) }
        var cells = [PotentialCell](repeating: PotentialCell(), count: places.count)
        var level = 0.0
        for index in places.indices {
            let place = places[index]
            if index == 0 || index == grid.count {
                let border = grid.place(of: index == 0 ? 0 : grid.count - 1)
                cells[index].anchor = border
                cells[index].open = level
                let area = area(place, below: border)
                let gap = isSquared ? mean(place, area, border, extremes, grid, isLow: index == 0) : area
                cells[index].slope = rise(gap)
            } else {
                let (low, high) = (grid.place(of: index - 1), grid.place(of: index))
                level = Self.cross(
                    &cells[index], place, from: low, to: high, level, area(place, below: high), rise, self)
            }
            cells[index].point = level
        }
        return level.isFinite ? cells : nil
    }

    /// The area between both functions up to a border that the values of an outermost interval span.
    private func area(_ place: Place, below border: Int128) -> Double {
        (Int128(place.reference.open) &* border &- place.reference.sum).real / Double(n)
            - (Int128(place.window.open) &* border &- place.window.sum).real / Double(m)
    }

    /// The mean gap in an outermost interval; 0 where its end is not known.
    private func mean(
        _ place: Place, _ area: Double, _ border: Int128, _ extremes: Extremes, _ grid: RankGrid, isLow: Bool
    ) -> Double {
        if place.reference.open &+ place.window.open == 1 {
            let gap = Double(place.reference.open) / Double(n) - Double(place.window.open) / Double(m)
            return isLow ? gap : -gap
        }
        guard let end = isLow ? extremes.minimum : extremes.maximum, grid.scale.fits(end) else { return 0 }
        let width = (grid.scale.quantised(end) &- border).magnitude.real
        return width > 0 ? area / width : 0
    }

    /// Makes the function over an inner interval, and says what it is at its end.
    private static func cross(
        _ cell: inout PotentialCell, _ place: Place, from low: Int128, to high: Int128, _ start: Double,
        _ spanned: Double, _ rise: (Double) -> Double, _ gaps: PotentialGaps
    ) -> Double {
        let width = (high &- low).real
        (cell.anchor, cell.open) = (low, start)
        guard place.reference.open <= 1, place.window.open <= 1 else {
            let area = place.before * width + spanned
            // The sign of a mean is that of an area.
            cell.slope = rise(area / width)
            return start + cell.slope * width
        }
        guard place.reference.open &+ place.window.open > 0 else {
            cell.slope = rise(place.before)
            return start + cell.slope * width
        }
        var (level, gap, left) = (start, place.before, low)
        var single = (reference: 0.0, window: 0.0)
        func advance(to right: Int128) {
            level += rise(gap) * (right &- left).real
            left = right
        }
        let isFirst = place.window.open == 0 || place.reference.open == 1 && place.reference.sum <= place.window.sum
        for isReference in [isFirst, !isFirst] {
            guard (isReference ? place.reference.open : place.window.open) == 1 else { continue }
            advance(to: isReference ? place.reference.sum : place.window.sum)
            if isReference { single.reference = level } else { single.window = level }
            gap += isReference ? 1 / Double(gaps.n) : -1 / Double(gaps.m)
        }
        gap = place.between
        advance(to: high)
        cell.single = single
        return level
    }
}

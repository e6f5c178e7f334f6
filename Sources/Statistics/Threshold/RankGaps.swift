#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// Simulated gaps between the distribution functions of a reference and of windows without drift, and what follows from them.
struct RankGaps {
    private let ranks: ReferenceRanks
    private let trials: Int
    private var widest: [Double] = []
    private var areas: [Double] = []
    private var energies: [Double] = []
    private var shifts: [Double] = []
    private var furtherSamples: [DriftMeasure: NullSample] = [:]

    init(_ ranks: ReferenceRanks) {
        self.ranks = ranks
        trials = ThresholdLimits.draws(cells: ranks.counts.count)
    }

    /// The values of the measures, each with the power of its tail.
    var samples: [DriftMeasure: NullSample] {
        var samples: [DriftMeasure: NullSample] = [.ks: NullSample(widest, power: 2)]
        if ranks.counts.count > 1, ranks.hasSpread {
            samples[.wasserstein] = NullSample(areas, power: 2)
            samples[.energy] = NullSample(energies, power: 2)
        }
        let std = ranks.moments.std
        if ranks.hasSpread || ranks.hasFewPlaces, std > 0 {
            samples[.meanShift] = NullSample(shifts.map { $0 / std }, power: 2)
        }
        return samples.merging(furtherSamples) { $1 }
    }

    /// Windows count by count, compared with the reference as it is.
    mutating func addWindows(_ size: Int, _ numbers: SeededNumbers) {
        let groups = ranks.extended
        var draws = CellDraws(weights: groups.weights, numbers: numbers)
        var counts = [Int](repeating: 0, count: groups.weights.count)
        let (n, m) = (Double(ranks.total), Double(size))
        var gaps = [Double](repeating: 0, count: counts.count)
        let noise = (1 / n + 1 / m).squareRoot()
        var tied =
            ranks.isTied
            ? TiedGaps(shares: groups.counts.map { Double($0) / n }, isPoint: groups.isPoint) : nil
        for _ in 0..<trials {
            draws.draw(size, into: &counts)
            var (below, found) = (0, 0)
            for group in gaps.indices {
                below += groups.counts[group]
                found += counts[group]
                gaps[group] = Double(found) / m - Double(below) / n
            }
            add(gaps, groups.places, extreme: 0)
            tied?.add(gaps.map { $0 / noise }, noise: noise, windowShare: m / (n + m))
        }
        // What samples of these sizes lack of the limit.
        keep(tied, n, m, shift: -(n - m) / m * (n - m) / n / (12 * (n + m)))
    }

    /// Brownian bridges at the ends of groups, with the extremes that they reach within groups of many values.
    mutating func addBridges(_ numbers: SeededNumbers) {
        var numbers = numbers
        let groups = ranks.extended
        let total = groups.weights.reduce(0, +)
        let shares = groups.weights.map { $0 / total }
        var gaps = [Double](repeating: 0, count: shares.count)
        var tied = ranks.isTied ? TiedGaps(shares: shares, isPoint: groups.isPoint) : nil
        for _ in 0..<trials {
            var walk = 0.0
            for group in gaps.indices {
                walk += shares[group].squareRoot() * numbers.normal()
                gaps[group] = walk
            }
            var below = 0.0
            for group in gaps.indices {
                below += shares[group]
                gaps[group] -= below * walk
            }
            add(gaps, groups.places, extreme: ranks.isTied ? extreme(gaps, shares, groups.isPoint, &numbers) : 0)
            tied?.add(gaps)
        }
        keep(tied, 1e9, 1e9, shift: 0)
    }

    private mutating func keep(_ tied: TiedGaps?, _ n: Double, _ m: Double, shift: Double) {
        guard let tied else { return }
        furtherSamples[.cramerVonMises] = NullSample(tied.squares.map { $0 + shift }, power: 1)
        furtherSamples[.andersonDarling] = NullSample(
            tied.tails.compactMap { AndersonDarling.standardised($0, n, m) }, power: 1)
    }

    private mutating func add(_ gaps: [Double], _ places: [Double], extreme: Double) {
        var (peak, area, square, shift) = (extreme, 0.0, 0.0, 0.0)
        for group in gaps.indices {
            peak = max(peak, gaps[group].magnitude)
            guard group + 1 < gaps.count else { continue }
            let width = places[group + 1] - places[group]
            area += gaps[group].magnitude * width
            square += gaps[group] * gaps[group] * width
            shift += gaps[group] * width
        }
        widest.append(peak)
        areas.append(area)
        energies.append((2 * square).squareRoot())
        shifts.append(shift.magnitude)
    }

    /// The greatest magnitude within groups that are no points, given the bridge at their ends: its maximum over a stretch of
    /// length w from a to b is `(a + b + sqrt((a - b)^2 - 2 w ln U)) / 2` (Shepp 1979).
    private func extreme(_ gaps: [Double], _ shares: [Double], _ isPoint: [Bool], _ numbers: inout SeededNumbers)
        -> Double
    {
        var peak = 0.0
        var before = 0.0
        for group in gaps.indices {
            let after = gaps[group]
            if !isPoint[group] {
                let square = (before - after) * (before - after)
                for sign in [1.0, -1.0] {
                    let rise = (square - 2 * shares[group] * log(numbers.uniform())).squareRoot()
                    peak = max(peak, (sign * (before + after) + rise) / 2)
                }
            }
            before = after
        }
        return peak
    }
}

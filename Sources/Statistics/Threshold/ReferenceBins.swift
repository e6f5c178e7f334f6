/// The counts of a reference over bins or categories, as the laws of its measures need them.
package struct ReferenceBins: Hashable, Sendable {
    /// How many values each bin or category holds.
    package let counts: [Int]
    /// Whether values may come that belong to none of them, as with categories.
    package let isOpen: Bool
    /// What is done about empty bins where it matters.
    package let zeroPolicy: ZeroPolicy
    /// What half a row is.
    let halves: HalfRows

    /// The counts of a side that has been seen.
    package init(counts: [Int], isOpen: Bool, zeroPolicy: ZeroPolicy, halves: HalfRows = HalfRows()) {
        self.counts = counts
        self.isOpen = isOpen
        self.zeroPolicy = zeroPolicy
        self.halves = halves
    }

    /// The same shares of so many rows, which weighted ones are worth; nil for as many as are counted. What occurs stays, as one
    /// row at least, unless told otherwise.
    package static func scaled(_ counts: [Int], to rows: Int?, keepsRare: Bool = true) -> [Int] {
        guard let rows else { return counts }
        let total = counts.reduce(0.0) { $0 + Double($1) }
        guard total > 0 else { return counts }
        return counts.map { count in
            guard count > 0 else { return 0 }
            return max(Int(exactly: (Double(count) / total * Double(rows)).rounded()) ?? 1, keepsRare ? 1 : 0)
        }
    }

    /// How many values there are.
    package var total: Int { counts.reduce(0, &+) }

    /// How many bins hold any.
    var occupied: Int { counts.reduce(0) { $0 + ($1 > 0 ? 1 : 0) } }

    /// Whether every bin that can be met is met often enough on both sides for the closed forms.
    func isRegular(window size: Int) -> Bool {
        guard let least = counts.lazy.filter({ $0 > 0 }).min(), unseenWeight == 0 else { return false }
        // What a cell is off by shrinks with its rows, and adds up with the root of how many cells there are.
        let rows = ThresholdLimits.expectedRows * max(Double(occupied - 1) / 9, 1).squareRoot()
        return Double(least) >= rows && Double(least) * Double(size) >= rows * Double(total)
    }

    /// How much of the population, in rows of the reference, lies in bins of which the reference has none.
    ///
    /// As many as there are categories that occur once (Good 1953); one where there is a single bin, because a reference
    /// without any variety does not show that there is none.
    var unseenWeight: Double {
        if occupied == 1 { return 1 }
        return isOpen ? Double(counts.reduce(0) { $0 + ($1 == 1 ? 1 : 0) }) : 0
    }

    /// How many further categories that weight is spread over (Chao 1984).
    private var unseenBins: Int {
        let (once, twice) = counts.reduce(into: (0, 0)) { sum, count in
            if count == 1 { sum.0 += 1 }
            if count == 2 { sum.1 += 1 }
        }
        return min(max(once * once / (2 * max(twice, 1)), 1), max(2 * counts.count, 1))
    }

    /// Whether there are so many categories that what their laws are off by adds up.
    package var isMany: Bool { isOpen && occupied > ThresholdLimits.fewCategories }

    /// The parameters of the shares behind the reference, its own bins first, then those that it has not seen.
    var weights: [Double] {
        let unseen = unseenWeight
        guard unseen > 0 else { return counts.map(Double.init) }
        guard isOpen else {
            // Other values of a constant column fall into the bins beside its own.
            let empty = Double(counts.count - occupied)
            return counts.map { $0 > 0 ? Double($0) : unseen / empty }
        }
        let total = Double(total)
        let seen = occupied == 1 ? 1 : max(total - unseen, 0.5) / total
        let bins = unseenBins
        return counts.map { Double($0) * seen } + Array(repeating: unseen / Double(bins), count: bins)
    }
}

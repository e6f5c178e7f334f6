/// The statistics of Cramer and von Mises and of Anderson and Darling in columns with ties, from simulated gaps.
///
/// Both are taken with midranks. With G the gap between the distribution functions in units of its noise, a group of equal
/// values with pooled share l adds `l (G-^2 + G+^2) / 2` to the one, and `l (G- + G+)^2 / 4 / (h (1 - h) - l / 4)` with h the
/// pooled share below its middle to the other. In other groups the gap is a line and a bridge. What ties alone add to the
/// former is left out, see ``CramerVonMises/tieShift``.
struct TiedGaps {
    private let shares: [Double]
    private let isPoint: [Bool]
    private(set) var squares: [Double] = []
    private(set) var tails: [Double] = []

    /// Groups with the reference's shares.
    init(shares: [Double], isPoint: [Bool]) {
        self.shares = shares
        self.isPoint = isPoint
    }

    /// Adds the gaps at the ends of the groups, in units of `noise`.
    ///
    /// `noise` is that of the simulated window, `sqrt(1/n + 1/m)`, and `windowShare` its share of all values; 0 where both are
    /// large.
    mutating func add(_ gaps: [Double], noise: Double = 0, windowShare: Double = 0) {
        var (square, tail) = (0.0, 0.0)
        var (before, below) = (0.0, 0.0)
        for group in gaps.indices {
            let (after, share) = (gaps[group], shares[group])
            let step = noise * (after - before)
            let held = max(share + windowShare * step, 0)
            if isPoint[group] {
                square += (share + step / 2) * (before * before + after * after) / 2
                tail += Self.point(before, after, below: below, held: held)
            } else {
                let mean = (before * before + before * after + after * after) / 3 + share / 6
                square += (share + step / 2) * mean
                tail += Self.stretch(before, after, mean, below: below, held: held)
            }
            before = after
            below += held
        }
        squares.append(square)
        tails.append(tail)
    }

    private static func point(_ before: Double, _ after: Double, below: Double, held: Double) -> Double {
        let (middle, gap) = (below + held / 2, (before + after) / 2)
        let weight = middle * (1 - middle) - held / 4
        return weight > 1e-12 ? held * gap * gap / weight : 0
    }

    private static func stretch(
        _ before: Double, _ after: Double, _ square: Double, below: Double, held: Double
    ) -> Double {
        // At the ends of the column the gap shrinks as the weight does.
        if below <= 0 { return after * after / 2 + held / 2 }
        if below + held >= 1 - 1e-12 { return before * before / 2 + held / 2 }
        let middle = below + held / 2
        return held * square / (middle * (1 - middle))
    }
}

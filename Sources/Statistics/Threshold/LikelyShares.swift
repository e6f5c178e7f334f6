#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// What many categories may truly expect, given counts of which the rare ones are rare by chance.
///
/// Counts of rare categories are Poisson distributed around what each of them expects. The distribution of these expectations
/// is estimated without an assumed form (Kiefer and Wolfowitz 1956), and each category expects what that distribution lets
/// suppose after its count (Robbins 1956); so do those that the reference has not seen, as many as Chao's estimate (1984) says.
/// How well the distribution is known shows by estimating it again from counts that are drawn from it: every window takes one
/// of ``variants`` such estimates. Counts above ``most`` vary by themselves alone.
/// O(variants x rounds x places x distinct small counts) once, some milliseconds; O(categories) a draw.
struct LikelyShares {
    /// One estimate: for each small count the cumulated probabilities of the places, and how many categories were not seen.
    private struct Variant {
        let cumulated: [[Double]]
        let unseen: Int
    }

    /// Up to which count chance matters for the size of a category.
    private static let most = 60
    private static let variants = 16

    private let counts: [Int]
    private let estimates: [Variant]
    private var next = 0

    /// Cells that are drawn: the categories, and room for those that were not seen.
    let cells: Int

    init(_ counts: [Int], numbers: inout SeededNumbers) {
        self.counts = counts
        let first = Self.variant(counts)
        var estimates: [Variant] = []
        let total = counts.reduce(0, +)
        for _ in 0..<Self.variants {
            let expected = Self.expectations(counts, first, &numbers)
            estimates.append(Self.variant(Self.drawn(total, expected, &numbers)))
        }
        self.estimates = estimates
        let most = estimates.map(\.unseen).max() ?? 0
        cells = counts.count + (most > 0 ? most + Int(4 * Double(most).squareRoot()) + 4 : 0)
    }

    /// Fills what each cell expects in one window.
    mutating func draw(into weights: inout [Double], _ numbers: inout SeededNumbers) {
        let variant = estimates[next]
        next = (next + 1) % estimates.count
        // As good as Poisson: which categories were not seen is chance, too, so that their rows vary as Esty (1983) says.
        let unseen = numbers.binomial(50 * variant.unseen, 0.02)
        for cell in weights.indices {
            if cell < counts.count {
                weights[cell] = Self.expectation(counts[cell], variant, &numbers)
            } else {
                weights[cell] = cell - counts.count < unseen ? Self.expectation(0, variant, &numbers) : 0
            }
        }
    }

    private static func expectations(_ counts: [Int], _ variant: Variant, _ numbers: inout SeededNumbers) -> [Double] {
        var expected: [Double] = []
        for count in counts { expected.append(expectation(count, variant, &numbers)) }
        for _ in 0..<variant.unseen { expected.append(expectation(0, variant, &numbers)) }
        return expected
    }

    private static func expectation(_ count: Int, _ variant: Variant, _ numbers: inout SeededNumbers) -> Double {
        guard count <= most else { return numbers.gamma(shape: Double(count)) }
        let cumulated = variant.cumulated[count]
        guard let all = cumulated.last, all > 0 else { return Double(count) }
        let point = numbers.uniform() * all
        var (low, high) = (0, cumulated.count - 1)
        while low < high {
            let middle = (low + high) / 2
            if cumulated[middle] <= point { low = middle + 1 } else { high = middle }
        }
        return places[low]
    }

    /// So many rows over cells that expect so many.
    private static func drawn(_ total: Int, _ expected: [Double], _ numbers: inout SeededNumbers) -> [Int] {
        var (rest, left) = (total, expected.reduce(0, +))
        var counts: [Int] = []
        for share in expected {
            let found = share < left ? numbers.binomial(rest, share / left) : rest
            rest -= found
            left -= share
            if found > 0 { counts.append(found) }
        }
        return counts
    }

    private static func variant(_ counts: [Int]) -> Variant {
        var few = [Int](repeating: 0, count: most + 1)
        for count in counts where count > 0 && count <= most { few[count] += 1 }
        let (once, twice) = (few[1], few[2])
        let unseen = once == 0 ? 0 : min(max(once * once / (2 * max(twice, 1)), 1), 2 * counts.count)
        few[0] = unseen
        let shares = mixture(few)
        let cumulated = likelihoods.map { likelihood in
            var sum = 0.0
            return shares.indices.map { place in
                sum += shares[place] * likelihood[place]
                return sum
            }
        }
        return Variant(cumulated: cumulated, unseen: unseen)
    }

    /// The places at which expectations may lie: a tenth apart, less than chance moves any count up to the greatest.
    private static let places: [Double] = (0...70).map { 0.1 * exp(0.095 * Double($0)) }
    private static let rounds = 100

    /// How probable each count is at each place.
    private static let likelihoods: [[Double]] = (0...most).map { count in
        let logFactorial = (0..<count).reduce(0.0) { $0 + log(Double($1 + 1)) }
        return places.map { exp(Double(count) * log($0) - $0 - logFactorial) }
    }

    /// The shares of the places, by expectation and maximisation (Laird 1978), stopped before it follows the noise.
    private static func mixture(_ few: [Int]) -> [Double] {
        let number = Double(few.reduce(0, +))
        var shares = [Double](repeating: 1 / Double(places.count), count: places.count)
        let occurring = few.indices.filter { few[$0] > 0 }
        guard number > 0 else { return shares }
        for _ in 0..<rounds {
            var next = [Double](repeating: 0, count: places.count)
            for count in occurring {
                let likelihood = likelihoods[count]
                var all = 0.0
                for place in shares.indices { all += shares[place] * likelihood[place] }
                guard all > 0 else { continue }
                let weight = Double(few[count]) / number / all
                for place in shares.indices { next[place] += weight * shares[place] * likelihood[place] }
            }
            shares = next
        }
        return shares
    }
}

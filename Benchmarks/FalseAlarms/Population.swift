package import Statistics

#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// A distribution that simulated columns come from.
package enum Population: Hashable, Sendable {
    /// Normal around a mean.
    case normal(mean: Double, spread: Double = 1)
    /// Student's t with three degrees of freedom: heavy tails, finite variance.
    case student
    /// The exponential of a standard normal.
    case logNormal
    /// So many equally frequent numbers.
    case fewNumbers(Int)
    /// Normal, rounded to multiples of a step.
    case rounded(Double)
    /// Zero with a probability, else exponential.
    case zeroInflated(Double)
    /// Five numbers with a share of nulls.
    case missing(Double)
    /// Five numbers with a share of values of the wrong type.
    case mistyped(Double)
    /// Five numbers with a share of values beyond the declared range.
    case outOfRange(Double)
    /// So many equally frequent categories.
    case uniform(Int)
    /// Two categories, the first of which has a share.
    case two(Double)
    /// So many categories, the k-th with a share like 1/k.
    case zipf(Int)
    /// One frequent category and two of one percent each.
    case rare
    /// One category with a share, and nine that have as much of the rest each.
    case oneOfTen(Double)
    /// Rows of another population, of which some are kept less often than others and weigh the more.
    indirect case sampled(Population, Sampling)

    /// Whether its values are numbers.
    package var isNumeric: Bool {
        switch self {
        case .uniform, .two, .zipf, .rare, .oneOfTen: false
        case .sampled(let population, _): population.isNumeric
        default: true
        }
    }

    /// The greatest value that is in range; nil without a declared range.
    var greatest: Double? {
        if case .outOfRange = self { 4 } else { nil }
    }

    /// How tables name it.
    package var name: String {
        switch self {
        case .normal: "normal"
        case .student: "Student t, 3 df"
        case .logNormal: "log-normal"
        case .fewNumbers(let count): "\(count) numbers"
        case .rounded(let step): "normal in steps of \(step)"
        case .zeroInflated(let share): "\(Int((share * 100).rounded())) % zeros"
        case .missing(let share): "\(Int((share * 100).rounded())) % nulls"
        case .mistyped(let share): "\(Int((share * 100).rounded())) % of the wrong type"
        case .outOfRange(let share): "\(Int((share * 100).rounded())) % out of range"
        case .uniform(let count): "\(count) categories"
        case .two(let share): "\(Int((share * 100).rounded())) and \(Int(((1 - share) * 100).rounded())) %"
        case .zipf(let count): "\(count) skewed"
        case .rare: "98, 1, 1 %"
        case .oneOfTen(let share): "one of 10 with \(Int((share * 100).rounded())) %"
        case .sampled(let population, let sampling): "weights \(sampling.rawValue), \(population.name)"
        }
    }

    /// A column of numbers.
    package func numbers(_ count: Int, _ random: inout SeededNumbers) -> [Double] {
        (0..<count).map { _ in number(&random) }
    }

    func number(_ random: inout SeededNumbers) -> Double {
        switch self {
        case .normal(let mean, let spread): return mean + spread * random.normal()
        case .student: return random.normal() / (random.gamma(shape: 1.5) / 1.5).squareRoot()
        case .logNormal: return exp(random.normal())
        case .fewNumbers(let count): return (random.uniform() * Double(count)).rounded(.down)
        case .rounded(let step): return (random.normal() / step).rounded() * step
        case .zeroInflated(let share): return random.uniform() < share ? 0 : -log(random.uniform())
        case .missing(let share), .mistyped(let share):
            return random.uniform() < share ? .nan : Self.fewNumbers(5).number(&random)
        case .outOfRange(let share): return Self.fewNumbers(5).number(&random) + (random.uniform() < share ? 10 : 0)
        case .sampled(let population, _): return population.number(&random)
        case .uniform, .two, .zipf, .rare, .oneOfTen: return 0
        }
    }

    /// The shares of its categories, up to a factor; none of numbers.
    var shares: [Double] {
        switch self {
        case .two(let share): [share, 1 - share]
        case .sampled(let population, _): population.shares
        case .uniform(let count): Array(repeating: 1 / Double(count), count: count)
        case .zipf(let count): (1...max(count, 1)).map { 1 / Double($0) }
        case .rare: [0.98, 0.01, 0.01]
        case .oneOfTen(let share): [share] + Array(repeating: (1 - share) / 9, count: 9)
        default: []
        }
    }

    /// How many rows have each category, out of so many; counts are drawn instead of rows.
    package func categories(_ count: Int, _ random: inout SeededNumbers) -> [Int] {
        var (rest, left) = (count, shares.reduce(0, +))
        return shares.map { share in
            let found = share < left ? random.binomial(rest, share / left) : rest
            rest -= found
            left -= share
            return found
        }
    }
}

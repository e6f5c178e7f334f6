import Monitoring
import Statistics

/// How rows were sampled before they were logged: some are all kept, of the others one in five, which then weighs 5.
package enum Sampling: String, Hashable, Sendable {
    /// Half of the rows are all kept, whatever is in them.
    case byChance = "by chance"
    /// Kept less often are the lower four fifths of a standard normal, or the first category.
    case byValue = "by value"

    /// The probability that a row is kept which is not always.
    private static let rare = 0.2
    /// Below it lie four fifths of a standard normal.
    private static let limit = 0.8416

    private static func keep(_ isRare: Bool, _ random: inout SeededNumbers) -> RowWeight? {
        guard isRare else { return .one }
        return random.uniform() < rare ? RowWeight(1 / rare) : nil
    }

    /// So many kept rows of a numeric population with their weights.
    func numbers(_ count: Int, of population: Population, _ random: inout SeededNumbers) -> (
        values: [Double], weights: [RowWeight]
    ) {
        var (values, weights) = ([Double](), [RowWeight]())
        while values.count < count {
            let value = population.number(&random)
            let isRare = self == .byValue ? value < Self.limit : random.uniform() < 0.5
            guard let weight = Self.keep(isRare, &random) else { continue }
            values.append(value)
            weights.append(weight)
        }
        return (values, weights)
    }

    /// So many kept rows of a categorical population with their weights.
    func categories(_ count: Int, of population: Population, _ random: inout SeededNumbers) -> (
        codes: [Int32], weights: [RowWeight]
    ) {
        let shares = population.shares
        let total = shares.reduce(0, +)
        var (codes, weights) = ([Int32](), [RowWeight]())
        while codes.count < count {
            var (code, rest) = (0, random.uniform() * total - shares[0])
            while rest > 0, code + 1 < shares.count {
                code += 1
                rest -= shares[code]
            }
            let isRare = self == .byValue ? code == 0 : random.uniform() < 0.5
            guard let weight = Self.keep(isRare, &random) else { continue }
            codes.append(Int32(truncatingIfNeeded: code))
            weights.append(weight)
        }
        return (codes, weights)
    }
}

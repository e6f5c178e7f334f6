package import Monitoring

/// The least and the greatest false-alarm rate of a measure over the sizes and populations of one kind.
package struct LevelExtremes: Sendable {
    /// The kinds of columns that are told apart.
    package enum Kind: String, CaseIterable, Sendable {
        case continuous
        case tied
        case categorical
        case quality
        case weighted

        /// What a population is.
        package init(_ population: Population) {
            switch population {
            case .missing, .mistyped, .outOfRange: self = .quality
            case .sampled: self = .weighted
            case .normal, .student, .logNormal: self = .continuous
            case .fewNumbers, .rounded, .zeroInflated: self = .tied
            case .uniform, .two, .zipf, .rare, .oneOfTen: self = .categorical
            }
        }
    }

    private struct Key: Hashable {
        let kind: Kind
        let measure: Measure
    }

    private var ranges: [Key: ClosedRange<Double>] = [:]
    private var coarse: [Key: Int] = [:]
    /// Cells above 7 %.
    package private(set) var high = 0
    /// Cells below 3 % although a level between 3 and 5 % can be attained.
    package private(set) var low = 0
    /// All cells with verdicts.
    package private(set) var cells = 0

    /// Nothing yet.
    package init() {}

    /// Adds a cell of the table; those whose next attainable level is above 5 %, or that cannot be exceeded,
    /// are counted apart.
    package mutating func add(_ level: Level, _ measure: Measure, _ kind: Kind) {
        guard let share = level.share, let next = level.nextShare else { return }
        cells += 1
        let key = Key(kind: kind, measure: measure)
        if share > 0.07 { high += 1 }
        if share < 0.03, next > 0.05 || next == 0 {
            coarse[key, default: 0] += 1
            return
        }
        if share < 0.03 { low += 1 }
        let known = ranges[key] ?? share...share
        ranges[key] = min(known.lowerBound, share)...max(known.upperBound, share)
    }

    /// The rates of a measure in columns of a kind; nil where there are none.
    package func range(_ measure: Measure, _ kind: Kind) -> ClosedRange<Double>? {
        ranges[Key(kind: kind, measure: measure)]
    }

    /// How many cells have no attainable level between 3 and 5 %.
    package func coarse(_ measure: Measure, _ kind: Kind) -> Int { coarse[Key(kind: kind, measure: measure)] ?? 0 }
}

import Statistics
import Testing

/// The laws of many categories against rows that change sides at random.
struct ExchangedRowsTests {
    private static let measures: [DriftMeasure] = [
        .chi2, .g, .psi, .kl, .klReverse, .jsDistance, .hellinger, .totalVariation, .lInfinity, .cramersV,
    ]

    /// How many rows of each category both sides have together.
    enum Column: String, CaseIterable {
        case skewed
        case twoFrequent
        case oneFrequent
        case rare

        var totals: [Int] {
            switch self {
            case .skewed: (1...60).map { 120 / $0 }
            case .twoFrequent: [900, 800] + Array(repeating: 3, count: 16)
            case .oneFrequent: [2000] + Array(repeating: 4, count: 20)
            case .rare: (0..<150).map { 1 + $0 % 7 }
            }
        }
    }

    private static func value(_ measure: DriftMeasure, _ pair: PairedCounts) -> Double? {
        switch measure {
        case .psi: PopulationStability.value(of: pair, zeroPolicy: .half)
        case .kl: KullbackLeibler.value(of: pair, zeroPolicy: .half)
        case .klReverse: KullbackLeibler.value(of: pair, zeroPolicy: .half, isReversed: true)
        case .jsDistance: JensenShannon.distance(of: pair)
        case .hellinger: Hellinger.distance(of: pair)
        case .totalVariation: TotalVariation.distance(of: pair)
        case .chi2: ChiSquared(pair)?.statistic
        case .g: GTest(pair)?.statistic
        case .cramersV: CramersV.value(of: pair)
        case .lInfinity: LInfinity.distance(of: pair)
        default: nil
        }
    }

    @Test(arguments: Column.allCases)
    func `as many draws without replacement exceed the critical values as are stated`(column: Column) throws {
        let totals = column.totals
        var numbers = SeededNumbers(seed: 21)
        let rows = try #require(ExchangedRows(PairedCounts.drawn(totals, &numbers), zeroPolicy: .half))
        let limits = try Self.measures.map { measure in
            let law = try #require(rows.law(measure), "\(measure)")
            return (measure, try #require(law.critical(at: 0.05)), try #require(law.critical(at: 0.2)))
        }
        var above = limits.map { _ in (0, 0) }
        for _ in 0..<1000 {
            let pair = PairedCounts.drawn(totals, &numbers)
            for (place, limit) in limits.enumerated() {
                let value = try #require(Self.value(limit.0, pair))
                if value > limit.1 { above[place].0 += 1 }
                if value > limit.2 { above[place].1 += 1 }
            }
        }
        // Of 1,000 draws chance alone takes 5 % to between 3 and 7 %, and 20 % to between 16 and 24 %; steps add to that, of the
        // greatest difference so much that little may be left.
        for (limit, above) in zip(limits, above) {
            let isStepped = limit.0 == .lInfinity
            #expect(((isStepped ? 0 : 25)...75).contains(above.0), "\(limit.0): \(above.0)")
            #expect(((isStepped ? 0 : 130)...250).contains(above.1), "\(limit.0): \(above.1)")
        }
    }

    @Test(arguments: measures)
    func `the probability of the critical value is about the level`(measure: DriftMeasure) throws {
        var numbers = SeededNumbers(seed: 22)
        let rows = try #require(ExchangedRows(PairedCounts.drawn(Column.skewed.totals, &numbers), zeroPolicy: .half))
        let law = try #require(rows.law(measure))
        for level in [0.1, 0.01, 1e-5] {
            let critical = try #require(law.critical(at: level))
            #expect(law.survival(critical * 1.000_001) <= level * 1.001)
            #expect(law.survival(critical * 0.999) >= level * 0.97)
        }
    }

    @Test func `categories that occur once each tell nothing, and which side is empty neither`() throws {
        let ones = PairedCounts(
            reference: (0..<90).map { $0 < 60 ? 1 : 0 }, window: (0..<90).map { $0 < 60 ? 0 : 1 })
        let rows = try #require(ExchangedRows(ones, zeroPolicy: .half))
        for measure in Self.measures where measure != .lInfinity { #expect(rows.law(measure) == nil, "\(measure)") }
        #expect(ExchangedRows(PairedCounts(reference: [3, 4], window: [0, 0]), zeroPolicy: .half) == nil)
        #expect(ExchangedRows(PairedCounts(reference: [3, 0], window: [2, 0]), zeroPolicy: .half) == nil)
    }

    @Test func `a logarithm of nothing has no law`() throws {
        var numbers = SeededNumbers(seed: 23)
        let rows = try #require(ExchangedRows(PairedCounts.drawn(Column.skewed.totals, &numbers), zeroPolicy: .none))
        #expect(rows.law(.psi) == nil && rows.law(.kl) == nil)
        #expect(rows.law(.chi2) != nil)
    }

    @Test func `millions of rows are no obstacle`() throws {
        let pair = PairedCounts(
            reference: (1...40).map { 1_000_000_000 / $0 }, window: (1...40).map { 3_000_000 / $0 })
        let rows = try #require(ExchangedRows(pair, zeroPolicy: .half))
        let (chi2, gap) = (try #require(rows.law(.chi2)?.critical(at: 0.05)), try #require(rows.law(.lInfinity)))
        // 54.57 is exceeded by 5 % of chi-squared with 39 degrees of freedom.
        #expect((chi2 - 54.57).magnitude < 0.5, "\(chi2)")
        let critical = try #require(gap.critical(at: 0.05))
        // The greatest share is 0.234; that of 13 million rows has a standard deviation of 1.2e-4.
        #expect(critical > 2e-4 && critical < 3e-4, "\(critical)")
    }
}

import Statistics
import Testing

/// The law of unseen rows against rows that change sides at random.
struct UnseenLawTests {
    /// How many rows of each category both sides have together, a third of them in the window.
    enum Column: String, CaseIterable {
        case skewed
        case oncePerRow
        case rare
        case fewRare

        var totals: [Int] {
            switch self {
            case .skewed: (1...60).map { 120 / $0 }
            case .oncePerRow: Array(repeating: 1, count: 300)
            case .rare: [900] + (0..<150).map { 1 + $0 % 7 }
            case .fewRare: [300, 200, 100, 4, 4, 3, 3, 2]
            }
        }
    }

    private static func unseen(_ pair: PairedCounts) -> Int {
        pair.reference.indices.reduce(0) { $0 + (pair.reference[$1] == 0 ? pair.window[$1] : 0) }
    }

    @Test(arguments: Column.allCases)
    func `no more draws without replacement are told than are stated`(column: Column) throws {
        let totals = column.totals
        var numbers = SeededNumbers(seed: 31)
        let law = try #require(UnseenLaw(PairedCounts.drawn(totals, &numbers)))
        var told = (0, 0)
        for _ in 0..<1000 {
            let p = law.pValue(Self.unseen(PairedCounts.drawn(totals, &numbers)))
            if p <= 0.05 { told.0 += 1 }
            if p <= 0.2 { told.1 += 1 }
        }
        // Of 1,000 draws chance alone takes 5 % to at most 7 %, and 20 % to at most 24 %; steps leave less, and rows that are all
        // different nothing: as many are always unseen.
        let least = column == .oncePerRow ? (0, 0) : column == .fewRare ? (10, 50) : (25, 150)
        let most = column == .oncePerRow ? (0, 0) : (75, 245)
        #expect((least.0...most.0).contains(told.0), "\(told)")
        #expect((least.1...most.1).contains(told.1), "\(told)")
    }

    @Test func `rows that are all different have no unseen share that is odd`() throws {
        // Every row of the window is unseen, and nothing else can be.
        let pair = PairedCounts(
            reference: (0..<90).map { $0 < 60 ? 1 : 0 }, window: (0..<90).map { $0 < 60 ? 0 : 1 })
        let law = try #require(UnseenLaw(pair))
        #expect(law.pValue(30) > 0.3)
        #expect(law.critical(level: 0.01) == nil)
    }

    @Test(arguments: Column.allCases)
    func `a share beyond the critical one is what has no greater probability than the level`(column: Column) throws {
        var numbers = SeededNumbers(seed: 32)
        let law = try #require(UnseenLaw(PairedCounts.drawn(column.totals, &numbers)))
        for level in [0.2, 0.05, 0.001, 1e-6] {
            let critical = law.critical(level: level) ?? 1
            for unseen in 0...law.rows {
                #expect((law.pValue(unseen) <= level) == (Double(unseen) / Double(law.rows) > critical))
            }
        }
    }

    @Test func `the probability that a category is in the window alone is the hypergeometric one`() throws {
        // 3 of 12 rows, 4 of them the window's: 4 x 3 x 2 / (12 x 11 x 10).
        let law = try #require(UnseenLaw(PairedCounts(reference: [8, 0], window: [1, 3])))
        #expect((law.pValue(3) - 24.0 / 1320).magnitude < 1e-9)
        #expect(law.pValue(0) == 1)
        #expect(UnseenLaw(PairedCounts(reference: [3, 4], window: [0, 0])) == nil)
    }

    @Test func `new categories in a column of few are told`() throws {
        let few = try #require(
            UnseenLaw(PairedCounts(reference: [1000, 1000, 1000, 0], window: [98, 98, 98, 6])))
        #expect(few.pValue(6) < 1e-5)
        #expect(try #require(few.critical(level: 0.01)) < 0.02)
        let large = try #require(
            UnseenLaw(PairedCounts(reference: [600_000_000, 400_000_000, 0], window: [6_000_000, 4_000_000, 40])))
        #expect(large.pValue(40) < 1e-10)
    }
}

import Statistics
import Testing

struct RateDecompositionTests {
    private static func group(_ name: ByteText, _ before: (hits: Int, count: Int), _ after: (hits: Int, count: Int))
        -> RateDecomposition.Group
    {
        .init(
            name: name, before: WeightedShare(before.hits, of: before.count),
            after: WeightedShare(after.hits, of: after.count))
    }

    @Test(arguments: 0..<50)
    func `the parts make the difference`(seed: Int) throws {
        var generator = SeededGenerator(seed: seed)
        func side() -> (hits: Int, count: Int) {
            let count = Bool.random(using: &generator) ? Int.random(in: 0...400, using: &generator) : 0
            return (Int.random(in: 0...count, using: &generator), count)
        }
        let groups =
            (0..<6).map { Self.group(ByteText("g\($0)"), side(), side()) } + [Self.group("z", (3, 5), (2, 9))]
        let split = try #require(RateDecomposition(groups))
        #expect(isClose(split.mix + split.behaviour, split.difference, absolute: 1e-12))
        #expect(isClose(split.parts.reduce(0) { $0 + $1.total }, split.difference, absolute: 1e-12))
        let before = groups.reduce(into: (0, 0)) { $0 = ($0.0 + $1.before.hits, $0.1 + $1.before.count) }
        #expect(isClose(split.before, Double(before.0) / Double(before.1)))
        for part in split.parts where part.group.before.count == 0 || part.group.after.count == 0 {
            #expect(part.behaviour == 0)
        }
    }

    @Test func `other shares with the same rates are all mix`() throws {
        let split = try #require(
            RateDecomposition([Self.group("a", (90, 100), (9, 10)), Self.group("b", (50, 100), (500, 1000))]))
        #expect(isClose(split.behaviour, 0, absolute: 1e-12))
        #expect(split.difference < -0.1)
    }

    @Test func `the same shares with other rates are all behaviour, of the group that changed`() throws {
        let split = try #require(
            RateDecomposition([Self.group("DE", (90, 100), (50, 100)), Self.group("FR", (80, 100), (80, 100))]))
        #expect(isClose(split.mix, 0, absolute: 1e-12))
        #expect(isClose(split.behaviour, -0.2))
        #expect(split.parts.first?.group.name == "DE")
        #expect(isClose(split.parts.first?.behaviour, -0.2))
        #expect(split.parts.last?.total == 0)
        #expect(try #require(split.behaviourInterval).high < 0)
    }

    @Test func `without rows on a side, or with counts that cannot be, there is no split`() {
        #expect(RateDecomposition([]) == nil)
        #expect(RateDecomposition([Self.group("a", (0, 0), (1, 2))]) == nil)
        #expect(RateDecomposition([Self.group("a", (3, 2), (1, 2))]) == nil)
        #expect(RateDecomposition([Self.group("a", (-1, 2), (1, 2))]) == nil)
    }

    /// Of simulated logs the interval of the change in behaviour holds the true one as often as promised.
    @Test func `the interval of behaviour covers`() throws {
        var generator = SeededGenerator(seed: 11)
        let (shares, before, after) = ([0.5, 0.3, 0.2], [0.9, 0.8, 0.7], [0.8, 0.8, 0.6])
        func rows(_ rates: [Double]) -> [(hits: Int, count: Int)] {
            var sums = [(hits: Int, count: Int)](repeating: (0, 0), count: 3)
            for _ in 0..<400 {
                let draw = Double.random(in: 0..<1, using: &generator)
                let group = draw < shares[0] ? 0 : draw < shares[0] + shares[1] ? 1 : 2
                sums[group].count += 1
                sums[group].hits += Double.random(in: 0..<1, using: &generator) < rates[group] ? 1 : 0
            }
            return sums
        }
        var held = 0
        for _ in 0..<2000 {
            let (old, new) = (rows(before), rows(after))
            let split = try #require(
                RateDecomposition((0..<3).map { Self.group(ByteText("\($0)"), old[$0], new[$0]) }))
            if try #require(split.behaviourInterval).contains(-0.07) { held += 1 }
        }
        #expect((0.935...0.975).contains(Double(held) / 2000), "\(Double(held) / 2000)")
    }

    @Test func `score bins tell which rows were judged rightly`() throws {
        var pairs = ScorePairs()
        let rows = [(0.05, false), (0.05, true), (0.62, true), (0.68, false), (1, true), (1.5, true), (-2, false)]
        pairs.fold(rows.map { ScoredLabel(score: $0.0, isPositive: $0.1) })
        let bins = try #require(ScoreBinHits(pairs, threshold: 0.65))
        #expect(bins.count == 7)
        #expect(bins.hits == 4)
        #expect(bins.bins[0].count == 3 && bins.bins[0].hits == 2)
        #expect(bins.bins[6].count == 2 && bins.bins[6].hits == 0)
        #expect(bins.bins[9].count == 2 && bins.bins[9].hits == 2)
        var many = ScorePairs()
        many.fold((0...ScorePairs.exactLimit).map { ScoredLabel(score: Double($0) / 10_000, isPositive: true) })
        #expect(ScoreBinHits(many, threshold: 0.5) == nil)
    }
}

import Statistics
import Testing

struct ClassScoresTests {
    private static func row(_ own: ByteText, _ scores: [(ByteText, Double)], times: Int = 1) -> RowScores {
        RowScores(own: own, scores: scores.map { (name: $0.0, score: $0.1) }, times: times)
    }

    private static func counted(_ rows: [RowScores]) -> ClassScores {
        var scores = ClassScores()
        scores.fold(rows)
        return scores
    }

    @Test func `a class that a row does not name has score 0 there`() {
        let short = Self.counted([
            Self.row("a", [("a", 0.75), ("b", 0.25)]), Self.row("c", [("b", 0.5), ("a", 0.5)]), Self.row("b", []),
        ])
        let long = Self.counted([
            Self.row("a", [("a", 0.75), ("b", 0.25), ("c", 0)]), Self.row("c", [("b", 0.5), ("a", 0.5), ("c", 0)]),
            Self.row("b", [("a", 0), ("b", 0), ("c", 0)]),
        ])
        #expect(short.classes == ["a", "b", "c"])
        for name in short.classes {
            #expect(short.pairs(of: name) == long.pairs(of: name))
            #expect(short.own(name) == 1)
            #expect(short.pairs(of: name).positives == 1 && short.pairs(of: name).negatives == 2)
        }
        let areas = ClassAreas(short)
        #expect(areas.parts.map(\.rocAUC?.value) == [1, 0, 0.5])
        // Scores of exactly 0 are one score, which is no loss.
        #expect(areas.parts[2].rocAUCBound == 0 && areas.parts[2].averagePrecisionBound == 0)
        #expect(isClose(areas.macro(.roc)?.value, 0.5))
        #expect(areas.weighted(.roc)?.value == areas.macro(.roc)?.value)
    }

    @Test func `of more than ten classes the rows are counted and nothing else, until there are few again`() {
        let names = (0..<11).map { ByteText("c\($0)") }
        let few = Self.counted((0..<10).map { Self.row(names[$0], [(names[$0], 0.5)]) })
        let last = Self.counted([Self.row(names[10], [(names[10], 0.5)])])
        #expect(!few.isWide && few.classes.count == 10)
        var all = few
        all.merge(last)
        #expect(all.isWide && all.rows == 11 && all.classes.isEmpty)
        #expect(ClassAreas(all).macro(.roc) == nil)
        #expect(ClassScores(merging: [few, last]) == nil)
        #expect(ClassScores(merging: [few]) == few)
        all.subtract(last)
        #expect(all.isWide && all.rows == 10)
        all.subtract(few)
        #expect(all == ClassScores())
    }

    @Test func `rows whose class is not among their ten best, and scores that are no probabilities, are told apart`() {
        let best = (0..<10).map { (ByteText("c\($0)"), 0.1) }
        let scores = Self.counted([
            Self.row("other", best), Self.row("c3", best), Self.row("c3", [("c3", 7), ("c4", -3)]),
            Self.row("c3", [("c3", .nan)]),
        ])
        #expect(scores.rows == 1 && scores.beyond == 1 && scores.outside == 2 && scores.seen == 4)
        #expect(!scores.isWide)
    }

    @Test func `one class without rows has no average, and the others their own areas`() {
        let scores = Self.counted([
            Self.row("a", [("a", 0.5), ("b", 0.25), ("c", 0.25)]),
            Self.row("b", [("a", 0.25), ("b", 0.5), ("c", 0.25)]),
        ])
        let areas = ClassAreas(scores)
        #expect(areas.parts.map { $0.rocAUC == nil } == [false, false, true])
        #expect(areas.parts[2].averagePrecision == nil)
        for area in [ClassAreas.Area.roc, .precision] {
            #expect(areas.macro(area) == nil && areas.weighted(area) == nil)
            #expect(areas.macroBound(area) == nil && areas.weightedBound(area) == nil)
        }
        #expect(ClassAreas(ClassScores()).macro(.roc) == nil)
    }

    @Test(arguments: 0..<6)
    func `areas over cells are within their bound of those over scores`(seed: Int) throws {
        var generator = SeededGenerator(seed: seed)
        var (exact, cells) = (ScorePairs(), ClassScores())
        var (rows, labels): ([RowScores], [ScoredLabel]) = ([], [])
        for _ in 0..<600 {
            var score = Double.random(in: 0...1, using: &generator)
            // Far into both ends, where log-odds are wide apart.
            if seed % 2 == 1 { score = score < 0.5 ? score * score * score * 1e-3 : 1 - (1 - score) * 1e-4 }
            let isPositive = Double.random(in: 0..<1, using: &generator) < 0.2 + score * 0.6
            rows.append(Self.row(isPositive ? "a" : "b", [("a", score), ("b", 1 - score)]))
            labels.append(ScoredLabel(score: score, isPositive: isPositive))
        }
        exact.fold(labels)
        cells.fold(rows)
        let part = try #require(ClassAreas(cells).parts.first)
        let (roc, bound) = (try #require(part.rocAUC?.value), try #require(part.rocAUCBound))
        #expect((roc - (try #require(exact.rocAUC()?.value))).magnitude <= bound)
        #expect(bound > 0 && bound < 0.004)
        let precision = try #require(ScoreCurve(exact).averagePrecisionEstimate?.value)
        let off = (try #require(part.averagePrecision?.value) - precision).magnitude
        #expect(off <= (try #require(part.averagePrecisionBound)))
    }

    @Test func `how many scores reach a threshold lies between what their cells allow`() {
        var counted = ClassScores()
        let scores = [0, 1e-12, 0x1p-32, 1e-3, 0.24, 0.25, 0.4999, 0.5, 0.5001, 0.75, 0.9999, 1 - 1e-12, 1]
        counted.fold(scores.map { Self.row("a", [("a", $0)]) })
        let curve = ScoreDistribution(counted.pairs(of: "a"))
        #expect(curve.rows == 13)
        for score in scores {
            let above = curve.rows(atLeast: score)
            let expected = Double(scores.count { $0 >= score })
            #expect(above.lowerBound <= expected && expected <= above.upperBound, "\(score)")
        }
    }

    @Test func `ranks of an older format know three and five places alone, also beside newer ones`() throws {
        var writer = SummaryWriter()
        for number in [10, 6, 9] { writer.write(zigzag: number) }
        var reader = SummaryReader(writer.bytes, version: 5)
        let old = try RankCounts(from: &reader)
        try reader.finish()
        #expect(old.accuracy(at: 3)?.value == 0.6 && old.accuracy(at: 5)?.value == 0.9)
        #expect(old.accuracy(at: 1) == nil && old.accuracy(at: 4) == nil)
        var both = old
        for rank in [1, 2, 4, 11] { both.fold(rank: rank) }
        #expect(both.accuracy(at: 3)?.value == 8.0 / 14 && both.accuracy(at: 5)?.value == 12.0 / 14)
        #expect(both.accuracy(at: 2) == nil && !both.knows(10))
        let read = try RankCounts(decoding: both.encoded())
        #expect(read == both)
        both.subtract(old)
        #expect(both.accuracy(at: 1)?.value == 0.25 && both.accuracy(at: 10)?.value == 0.75)
        #expect(both.accuracy(at: 0) == nil && both.accuracy(at: 11) == nil)
    }

    @Test func `the intervals of averages hold the true value at least as often as they say`() throws {
        var generator = SeededGenerator(seed: 4)
        func rows(_ count: Int) -> [RowScores] {
            (0..<count).map { _ in
                var weights = (0..<3).map { _ in Double.random(in: 0.02...1, using: &generator) }
                let sum = weights.reduce(0, +)
                weights = weights.map { $0 / sum }
                let draw = Double.random(in: 0..<1, using: &generator)
                let own = draw < weights[0] ? "a" : draw < weights[0] + weights[1] ? "b" : "c"
                return Self.row(ByteText(own), [("a", weights[0]), ("b", weights[1]), ("c", weights[2])])
            }
        }
        let truth = ClassAreas(Self.counted(rows(60_000)))
        let trials = 200
        var covered = [Int](repeating: 0, count: 4)
        for _ in 0..<trials {
            let areas = ClassAreas(Self.counted(rows(250)))
            let pairs = [
                (areas.macro(.roc), truth.macro(.roc)), (areas.weighted(.roc), truth.weighted(.roc)),
                (areas.macro(.precision), truth.macro(.precision)),
                (areas.weighted(.precision), truth.weighted(.precision)),
            ]
            for (index, (sample, whole)) in pairs.enumerated() {
                let interval = try #require(sample?.interval)
                covered[index] += interval.contains(try #require(whole?.value)) ? 1 : 0
            }
        }
        for count in covered { #expect(Double(count) / Double(trials) >= 0.93) }
    }
}

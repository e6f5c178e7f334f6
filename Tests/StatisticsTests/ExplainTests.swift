import Statistics
import Testing

struct ExplainTests {
    private static let measures: [BinTerms.Measure] = [
        .psi(.half), .psi(.floor), .jensenShannon, .hellinger, .totalVariation, .chiSquared, .logLikelihood,
        .kullbackLeibler(.half, isReversed: false), .kullbackLeibler(.half, isReversed: true),
    ]

    private func counts(_ seed: Int, bins: Int = 12) -> PairedCounts {
        var generator = SeededGenerator(seed: seed)
        func side() -> [Int] {
            (0..<bins).map { _ in Bool.random(using: &generator) ? Int.random(in: 0...500, using: &generator) : 0 }
        }
        return PairedCounts(reference: side(), window: side())
    }

    private func value(_ measure: BinTerms.Measure, _ counts: PairedCounts) -> Double? {
        switch measure {
        case .psi(let policy): PopulationStability.value(of: counts, zeroPolicy: policy)
        case .jensenShannon: JensenShannon.distance(of: counts)
        case .hellinger: Hellinger.distance(of: counts)
        case .totalVariation: TotalVariation.distance(of: counts)
        case .chiSquared: ChiSquared(counts)?.statistic
        case .logLikelihood: GTest(counts)?.statistic
        case .kullbackLeibler(let policy, let isReversed):
            KullbackLeibler.value(of: counts, zeroPolicy: policy, isReversed: isReversed)
        }
    }

    @Test(arguments: measures, 0..<20)
    func `the terms of all bins make the value`(measure: BinTerms.Measure, seed: Int) throws {
        let counts = counts(seed)
        let terms = try #require(BinTerms(counts, measure: measure))
        #expect(isClose(terms.value, value(measure, counts), relative: 1e-10, absolute: 1e-12))
        #expect(terms.terms.allSatisfy { $0 >= 0 || measure == .psi(.floor) })
    }

    @Test func `without a value there are no terms`() {
        #expect(BinTerms(PairedCounts(reference: [0, 0], window: [1, 2]), measure: .jensenShannon) == nil)
        #expect(BinTerms(PairedCounts(reference: [1, 0], window: [1, 2]), measure: .psi(.none)) == nil)
        let alike = PairedCounts(reference: [3, 0, 6], window: [1, 0, 2])
        for measure in Self.measures { #expect(BinTerms(alike, measure: measure).map { $0.sum < 0.2 } == true) }
        #expect(BinTerms(alike, measure: .hellinger)?.slopes == [0, 0, 0])
    }

    @Test(arguments: measures, 0..<10)
    func `what segments add is what all rows add`(measure: BinTerms.Measure, seed: Int) throws {
        let parts = (0..<4).map { counts(100 * seed + $0, bins: 6) }
        let all = PairedCounts(
            reference: (0..<6).map { bin in parts.reduce(0) { $0 + $1.reference[bin] } },
            window: (0..<6).map { bin in parts.reduce(0) { $0 + $1.window[bin] } })
        let slopes = try #require(BinTerms(all, measure: measure)).slopes
        let changes = parts.map { SegmentChange(segment: $0, all: all, slopes: slopes) }
        let direct = (0..<6).reduce(0.0) {
            $0 + slopes[$1]
                * (Double(all.window[$1]) / Double(all.windowTotal)
                    - Double(all.reference[$1]) / Double(all.referenceTotal))
        }
        #expect(isClose(changes.reduce(0) { $0 + $1.total }, direct, relative: 1e-9, absolute: 1e-12))
    }

    @Test func `a segment that only grew is mix, one that only moved is within`() throws {
        let grown = PairedCounts(reference: [100, 0], window: [300, 0])
        let steady = PairedCounts(reference: [0, 100], window: [0, 100])
        let all = PairedCounts(reference: [100, 100], window: [300, 100])
        let slopes = try #require(BinTerms(all, measure: .psi(.none))).slopes
        for part in [grown, steady] {
            let change = SegmentChange(segment: part, all: all, slopes: slopes)
            #expect(change.within == 0 && change.mix > 0)
        }
        let moved = PairedCounts(reference: [100, 100], window: [150, 50])
        let change = SegmentChange(segment: moved, all: moved, slopes: [0.5, -0.5])
        #expect(isClose(change.within, 0.25) && change.mix == 0)
        let absent = SegmentChange(
            segment: PairedCounts(reference: [0, 0], window: [10, 0]), all: all, slopes: slopes)
        #expect(absent.within == 0)
    }
}

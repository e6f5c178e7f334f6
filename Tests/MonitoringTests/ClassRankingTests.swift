import Monitoring
import Statistics
import Testing

struct ClassRankingTests {
    private static func ranking(_ scores: [(ByteText, Double)]) -> ClassRanking {
        ClassRanking(scores.map { ClassRanking.Entry(name: $0.0, probability: $0.1) })
    }

    @Test func `the greatest are kept, equal ones in the order of their bytes`() {
        let names = (0..<26).map { ByteText(String(UnicodeScalar(UInt8(97 + $0)))) }
        let ranking = Self.ranking(names.map { ($0, $0 == "q" ? 0.5 : 0.02) })
        #expect(ranking.entries.map(\.name) == ["q", "a", "b", "c", "d", "e", "f", "g", "h", "i"])
        #expect(ranking.rank(of: "q") == 1)
        #expect(ranking.rank(of: "i") == 10)
        #expect(ranking.rank(of: "j") == ClassRanking.beyond)
        #expect(ranking.probability(of: "a") == 0.02)
        #expect(ranking.probability(of: "j") == nil)
    }

    @Test func `a class that was not named has no probability, and scores beyond 1 are none`() {
        let ranking = Self.ranking([("a", 0.75), ("b", 0.25)])
        #expect(ranking.probability(of: "c") == 0)
        #expect(ranking.rank(of: "c") == ClassRanking.beyond)
        #expect(ranking.rank(of: .number(1)) == nil)
        let logits = Self.ranking([("a", 7), ("b", -3)])
        #expect(logits.rank(of: "b") == 2)
        #expect(logits.probability(of: "b") == nil)
    }

    @Test func `a label tells the rank of its class, in whatever order label and prediction come`() throws {
        var version = IdentityRecord.Version(
            version: "", eventTime: .epoch, digest: ContentDigest(high: 1, low: 2), predicted: .category("a"),
            weight: try #require(RowWeight(2.5)))
        version.ranking = Self.ranking([("a", 0.5), ("b", 0.375), ("c", 0.125)])
        let label = IdentityRecord.Label(time: .epoch, actual: .category("b"))
        var first = IdentityRecord()
        _ = first.record(prediction: version)
        // What lies between two requests is bytes.
        first = try IdentityRecord(decoding: first.encoded())
        guard case .new(let deltas, _, _) = first.record(label: label) else {
            Issue.record("the label is new")
            return
        }
        var second = IdentityRecord()
        _ = second.record(label: label)
        guard case .new(let others) = second.record(prediction: version) else {
            Issue.record("the prediction is new")
            return
        }
        #expect(deltas == others)
        #expect(deltas.map(\.actualRank) == [2])
        #expect(deltas.map(\.actualProbability) == [0.375])
        #expect(deltas.map(\.weight.value) == [2.5])
        #expect(deltas[0].negated.actualRank == 2)
        #expect(first.encoded() == second.encoded())
    }

    @Test func `a record of the first format is read`() throws {
        var writer = SummaryWriter()
        for byte: UInt8 in [1, 0, 1, 8 | 4 | 1, 0] { writer.write(u8: byte) }
        writer.write(fixed: 3)
        writer.write(fixed: 4)
        writer.write(text: "x")
        writer.write(double: 0.5)
        writer.write(varint: 0)
        let record = try IdentityRecord(decoding: writer.bytes)
        #expect(record.versions.map(\.score) == [0.5])
        #expect(record.versions.map(\.weight) == [.one])
        #expect(record.encoded().first == 3)
        var later = writer.bytes
        later[3] |= 64
        #expect(throws: CodecError.self) { try IdentityRecord(decoding: later) }
    }
}

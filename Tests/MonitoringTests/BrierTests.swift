import Foundation
import Monitoring
import Statistics
import Testing

/// The Brier score of models with many classes beside scikit-learn; see `Golden/make_brier.py`.
struct BrierTests {
    private struct Golden: Decodable {
        struct Case: Decodable {
            let classes: [String]
            let scores: [[Double]]
            let actual: [String]
            let brier: Double
            let variance: Double
        }
        let cases: [Case]
    }

    private static func golden() throws -> [Golden.Case] {
        try JSONDecoder().decode(Golden.self, from: Data(PackageResources.brier_json)).cases
    }

    private static func ranking(_ names: [String], _ scores: [Double]) -> ClassRanking {
        ClassRanking(zip(names, scores).map { ClassRanking.Entry(name: ByteText($0), probability: $1) })
    }

    @Test(arguments: 0..<5, [false, true])
    func `rows with all probabilities have scikit-learn's score, also from stored bytes`(index: Int, isStored: Bool)
        throws
    {
        let one = try Self.golden()[index]
        var sums = ProbabilitySums()
        for (scores, actual) in zip(one.scores, one.actual) {
            var version = IdentityRecord.Version(
                version: "", eventTime: .epoch, digest: ContentDigest(high: 1, low: 2),
                predicted: .category(ByteText(actual)))
            version.ranking = Self.ranking(one.classes, scores)
            var record = IdentityRecord()
            _ = record.record(prediction: version)
            if isStored { record = try IdentityRecord(decoding: record.encoded()) }
            let truth = IdentityRecord.Label(time: .epoch, actual: .category(ByteText(actual)))
            guard case .new(let deltas, _, _) = record.record(label: truth) else {
                Issue.record("the label is new")
                return
            }
            let delta = try #require(deltas.first)
            sums.fold(
                probabilityOfTruth: try #require(delta.actualProbability), squaredDistance: delta.squaredDistance)
        }
        let estimate = try #require(sums.brierEstimate(most: 2))
        #expect(abs(estimate.value - one.brier) < 1e-13)
        let interval = try #require(estimate.interval)
        let half = 1.959963984540054 * one.variance.squareRoot()
        #expect(abs(interval.low - max(one.brier - half, 0)) < 1e-9)
        #expect(abs(interval.high - min(one.brier + half, 2)) < 1e-9)
    }

    @Test func `the order of the classes decides nothing`() throws {
        for one in try Self.golden() {
            for scores in one.scores {
                let other = Self.ranking(one.classes.reversed(), scores.reversed())
                #expect(Self.ranking(one.classes, scores) == other)
            }
        }
    }

    @Test func `scores that are no probabilities and classes that are not kept give no score`() {
        #expect(Self.ranking(["a", "b"], [7, -3]).squares == nil)
        #expect(Self.ranking(["a", "b"], [1, 1]).squares == nil)
        let many = Self.ranking((0..<12).map { "c\($0)" }, Array(repeating: 1.0 / 12, count: 12))
        #expect(many.squaredDistance(of: .category("c1")) != nil)
        #expect(many.squaredDistance(of: .category("c9")) == nil)
        var sums = ProbabilitySums()
        sums.fold(probabilityOfTruth: 0.5, squaredDistance: 0.5)
        #expect(sums.brier == 0.5)
        sums.fold(probabilityOfTruth: 0.5, squaredDistance: nil)
        #expect(sums.brier == nil)
        #expect(sums.logLoss != nil)
        sums.fold(probabilityOfTruth: 0.5, squaredDistance: nil, times: -1)
        #expect(sums.brier == 0.5)
    }

    @Test func `a record of the second format knows the squares of classes that are all kept`() throws {
        for count in [3, 10] {
            var version = IdentityRecord.Version(
                version: "", eventTime: .epoch, digest: ContentDigest(high: 1, low: 2), predicted: .none)
            version.ranking = Self.ranking(
                (0..<count).map { "c\($0)" }, Array(repeating: 1 / Double(count), count: count))
            var record = IdentityRecord()
            _ = record.record(prediction: version)
            var bytes = record.encoded()
            bytes[0] = 2
            // Without the squares, which the second format does not have; the empty list of labels stays.
            if count == 10 { bytes.removeSubrange((bytes.count - 8)..<(bytes.count - 1)) }
            let read = try IdentityRecord(decoding: bytes)
            #expect(read.versions[0].ranking?.entries == version.ranking?.entries)
            #expect((read.versions[0].ranking?.squares != nil) == (count == 3))
        }
    }

    /// Sums as version 2 wrote them: without the last number.
    private static func versionTwo(_ sums: ProbabilitySums) throws -> ProbabilitySums {
        var writer = SummaryWriter()
        writer.write(sums)
        var reader = SummaryReader(writer.bytes.dropLast(), version: 2)
        let read = try reader.summary(ProbabilitySums.self)
        try reader.finish()
        return read
    }

    @Test func `sums of version 2 have a score where their rows had two classes`() throws {
        var binary = ProbabilitySums()
        binary.fold(score: 0.75, isPositive: true)
        #expect(try Self.versionTwo(binary).brier == 0.0625)
        var certain = ProbabilitySums()
        for _ in 0..<3 { certain.fold(score: 1, isPositive: true) }
        #expect(try Self.versionTwo(certain).brier == 0)
        var many = ProbabilitySums()
        many.fold(probabilityOfTruth: 0.75, squaredDistance: nil)
        // What was not known then is not known now; the count of such rows takes one byte, as 0 does.
        #expect(try Self.versionTwo(many).brier == nil)
        #expect(try Self.versionTwo(many).logLoss == many.logLoss)
    }
}

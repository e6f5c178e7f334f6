import Monitoring
import Statistics
import Testing

struct IdentityRecordTests {
    @Test func `equal content is a duplicate and other content a conflict`() {
        var record = IdentityRecord()
        #expect(record.record(prediction: version("1", digest: 7)) == .new([]))
        #expect(record.record(prediction: version("1", digest: 7)) == .duplicate)
        #expect(record.record(prediction: version("1", digest: 8)) == .conflict)
        #expect(record.record(prediction: version("2", digest: 8)) == .new([]))
        #expect(record.versions.map(\.version) == ["1", "2"])
    }

    @Test func `a label before its prediction is pending and counts when it comes`() {
        var record = IdentityRecord()
        #expect(record.record(label: label(5, "1")) == .new([], isCorrection: false, isPending: true))
        #expect(record.record(label: label(5, "1")) == .duplicate)
        guard case .new(let deltas) = record.record(prediction: version("")) else {
            Issue.record("the prediction is new")
            return
        }
        #expect(deltas.map(\.sign) == [1])
        #expect(deltas.map(\.knownAt) == [Time(microseconds: 5)])
        #expect(deltas.map(\.actual) == [.category("1")])
    }

    @Test func `a later label replaces from its own time on`() {
        var record = IdentityRecord()
        _ = record.record(prediction: version(""))
        _ = record.record(label: label(5, "a"))
        guard case .new(let deltas, true, false) = record.record(label: label(9, "b")) else {
            Issue.record("the label corrects")
            return
        }
        #expect(deltas.map(\.sign) == [1, -1])
        #expect(deltas.map(\.actual) == [.category("b"), .category("a")])
        #expect(deltas.map(\.knownAt.microseconds) == [9, 9])
        #expect(record.currentLabel?.actual == .category("b"))
    }

    @Test func `an earlier label only counts until the later one`() {
        var record = IdentityRecord()
        _ = record.record(prediction: version(""))
        _ = record.record(label: label(9, "b"))
        guard case .new(let deltas, true, false) = record.record(label: label(5, "a")) else {
            Issue.record("the label is corrected")
            return
        }
        #expect(deltas.map(\.sign) == [1, -1])
        #expect(deltas.map(\.actual) == [.category("a"), .category("a")])
        #expect(deltas.map(\.knownAt.microseconds) == [5, 9])
        #expect(deltas.reduce(0) { $0 + $1.corrections } == 1)
    }

    @Test func `of two labels at one time the greater bytes count`() {
        var record = IdentityRecord()
        _ = record.record(label: label(5, "b"))
        _ = record.record(label: label(5, "a"))
        #expect(record.currentLabel?.actual == .category("b"))
        var numbers = IdentityRecord()
        _ = numbers.record(label: IdentityRecord.Label(time: .epoch, actual: .number(9)))
        _ = numbers.record(label: IdentityRecord.Label(time: .epoch, actual: .number(10)))
        #expect(numbers.currentLabel?.actual == .number(9))
    }

    @Test func `an erased id takes nothing any more and leaves nothing behind`() {
        var record = IdentityRecord()
        _ = record.record(prediction: version(""))
        _ = record.record(label: label(5, "a"))
        _ = record.record(label: label(6, "b"))
        let all = record.deltas
        #expect(Totals(all + record.erase()) == Totals([]))
        #expect(record.isErased)
        #expect(record.labels.isEmpty)
        #expect(record.deltas.isEmpty)
        #expect(record.record(prediction: version("", digest: 99)) == .duplicate)
        #expect(record.record(label: label(7, "c")) == .duplicate)
    }

    @Test func `a version that is taken out can come back`() {
        var record = IdentityRecord()
        _ = record.record(prediction: version("1"))
        _ = record.record(label: label(5, "a"))
        #expect(record.remove(version: "1").map(\.sign) == [-1])
        #expect(record.remove(version: "1").isEmpty)
        guard case .new(let deltas) = record.record(prediction: version("1", digest: 3)) else {
            Issue.record("the prediction is new again")
            return
        }
        #expect(deltas.map(\.sign) == [1])
    }

    @Test func `labels and versions of an id are bounded`() {
        var record = IdentityRecord()
        for number in 0..<IdentityRecord.most {
            _ = record.record(label: label(Int64(number), "a"))
            _ = record.record(prediction: version(ByteText("\(number)")))
        }
        guard case .refused = record.record(label: label(1000, "a")),
            case .refused = record.record(prediction: version("x"))
        else {
            Issue.record("one more is refused")
            return
        }
        #expect(record.record(label: label(7, "a")) == .duplicate)
        #expect(record.record(prediction: version("7")) == .duplicate)
    }

    @Test(arguments: 0..<100)
    func `any order of labels and versions gives the same totals`(seed: UInt64) {
        var random = SeededRandom(seed)
        let versions = (0..<Int.random(in: 1...3, using: &random)).map { version(ByteText("v\($0)")) }
        let labels = (0..<Int.random(in: 0...6, using: &random)).map { _ in
            label(Int64.random(in: 0...4, using: &random), ["a", "b", "c"].randomElement(using: &random) ?? "a")
        }
        var steps = versions.map(Step.prediction) + labels.map(Step.label)
        let first = Self.run(steps)
        steps.shuffle(using: &random)
        let second = Self.run(steps)
        #expect(Totals(first.deltas) == Totals(second.deltas))
        #expect(Totals(first.deltas) == Totals(first.record.deltas))
        #expect(first.record.encoded() == second.record.encoded())
        #expect(Totals(first.deltas).corrections == Int64(max(0, Set(labels).count - 1) * versions.count))
        for time in 0...5 {
            let known = Totals(first.deltas.filter { $0.knownAt.microseconds <= time })
            let counting = labels.filter { $0.time.microseconds <= time }.max()
            #expect(known.labels == (counting == nil ? 0 : Int64(versions.count)))
            #expect(known.counts.keys.allSatisfy { $0.actual == counting?.actual })
        }
    }

    @Test(arguments: 0..<50)
    func `bytes read back as the same record`(seed: UInt64) throws {
        var random = SeededRandom(seed)
        var record = IdentityRecord()
        for number in 0..<Int.random(in: 0...4, using: &random) {
            let predicted: [Outcome] = [.none, .category("é"), .number(-0.5)]
            _ = record.record(
                prediction: IdentityRecord.Version(
                    version: ByteText("v\(number)"),
                    eventTime: Time(microseconds: Int64.random(in: .min ... .max, using: &random)),
                    digest: ContentDigest(high: random.next(), low: random.next()),
                    predicted: predicted.randomElement(using: &random) ?? .none,
                    score: Bool.random(using: &random) ? .nan : 0.25, segments: ["a=b", "other"]))
            _ = record.record(label: label(Int64(number), "x"))
        }
        if seed % 5 == 0 { _ = record.erase() }
        let bytes = record.encoded()
        #expect(try IdentityRecord(decoding: bytes).encoded() == bytes)
        for length in bytes.indices {
            #expect(throws: CodecError.self) { try IdentityRecord(decoding: Array(bytes.prefix(length))) }
        }
        #expect(throws: CodecError.self) { try IdentityRecord(decoding: bytes + [0]) }
    }

    private enum Step {
        case prediction(IdentityRecord.Version)
        case label(IdentityRecord.Label)
    }

    private static func run(_ steps: [Step]) -> (record: IdentityRecord, deltas: [OutcomeDelta]) {
        var record = IdentityRecord()
        var deltas: [OutcomeDelta] = []
        for step in steps {
            switch step {
            case .prediction(let version):
                if case .new(let new) = record.record(prediction: version) { deltas += new }
            case .label(let label):
                if case .new(let new, _, _) = record.record(label: label) { deltas += new }
            }
        }
        return (record, deltas)
    }
}

/// Sums of deltas, zero sums left out.
private struct Totals: Equatable {
    struct Cell: Hashable {
        let version: ByteText
        let actual: Outcome
    }

    var counts: [Cell: Int64] = [:]
    var corrections: Int64 = 0

    var labels: Int64 { counts.values.reduce(0, +) }

    init(_ deltas: [OutcomeDelta]) {
        for delta in deltas {
            counts[Cell(version: delta.version, actual: delta.actual), default: 0] += delta.sign
            corrections += delta.corrections
        }
        counts = counts.filter { $0.value != 0 }
    }
}

private func version(_ version: ByteText, digest: UInt64 = 1) -> IdentityRecord.Version {
    IdentityRecord.Version(
        version: version, eventTime: .epoch, digest: ContentDigest(high: digest, low: 0), predicted: .category("1"),
        score: 0.5)
}

private func label(_ time: Int64, _ actual: ByteText) -> IdentityRecord.Label {
    IdentityRecord.Label(time: Time(microseconds: time), actual: .category(actual))
}

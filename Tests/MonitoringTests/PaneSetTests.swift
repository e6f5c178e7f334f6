import Monitoring
import Statistics
import Testing

struct PaneSetTests {
    @Test(arguments: 0..<60)
    func `any order and any splitting of the same rows gives the same panes, bit for bit`(seed: UInt64) throws {
        let log = try RandomLog(seed: seed)
        var random = SeededRandom(seed &+ 1000)
        var whole = log.folded(log.events, sizes: [log.events.count])
        let sizes = (0..<5).map { _ in Int.random(in: 1...20, using: &random) }
        var split = log.folded(log.events.shuffled(using: &random), sizes: sizes)
        let (first, second) = (whole.takeDirty(), split.takeDirty())
        #expect(first.map(\.key) == second.map(\.key))
        #expect(first.map { $0.pane.encoded() } == second.map { $0.pane.encoded() })
        #expect(first.flatMap { $0.pane.contradictions() }.isEmpty)
    }

    @Test(arguments: 0..<20)
    func `panes of two writers add up to those of one`(seed: UInt64) throws {
        let log = try RandomLog(seed: seed)
        var whole = log.folded(log.events, sizes: [7])
        let predictions = log.events.filter { if case .prediction = $0 { true } else { false } }
        let place = predictions.count / 2
        var left = log.folded(Array(predictions[..<place]), sizes: [5])
        var right = log.folded(Array(predictions[place...]), sizes: [3])
        var merged: [PaneKey: Pane] = [:]
        for part in left.takeDirty() + right.takeDirty() {
            for key in part.key.with(sole: part.sole) { merged[key, default: Pane()].merge(part.pane) }
        }
        for part in whole.takeDirty() {
            let sum = try #require(merged[part.key])
            #expect(sum.numeric == part.pane.numeric)
            #expect(sum.categorical == part.pane.categorical)
            #expect(sum.predictions == part.pane.predictions)
        }
    }

    @Test(arguments: 0..<10)
    func `panes that nobody uses are packed, and are the same when they are read or folded into`(seed: UInt64) throws {
        let log = try RandomLog(seed: seed)
        var folding = LogFolding(schema: log.schema, reference: log.reference)
        var resting = folding
        let half = log.events.count / 2
        folding.take(Array(log.events[..<half]))
        resting.take(Array(log.events[..<half]))
        var keys = folding.panes
        let all = keys.takeDirty().map(\.key)
        resting.rest()
        #expect(resting.panes.packedCount == all.count)
        for key in all { #expect(resting.panes[key] == folding.panes[key]) }
        folding.take(Array(log.events[half...]))
        resting.take(Array(log.events[half...]))
        #expect(resting.panes.packedCount < all.count)
        var (left, right) = (folding.panes, resting.panes)
        let changed = right.takeDirty()
        #expect(!changed.isEmpty)
        for part in changed { #expect(part.pane.encoded() == folding.panes[part.key]?.encoded()) }
        for key in left.takeDirty().map(\.key) { #expect(resting.panes[key] == folding.panes[key]) }
    }

    @Test(arguments: 0..<10)
    func `panes that are packed before they are saved are saved as they would have been`(seed: UInt64) throws {
        let log = try RandomLog(seed: seed)
        var folding = LogFolding(schema: log.schema, reference: log.reference)
        let half = log.events.count / 2
        folding.take(Array(log.events[..<half]))
        var packing = folding
        packing.panes.pack(withUnsaved: true)
        #expect(packing.panes.packedCount == packing.panes.count)
        for events in [log.events[..<0], log.events[half...]] {
            folding.take(Array(events))
            packing.take(Array(events))
            let (left, right) = (folding.panes.takeDirty(), packing.panes.takeDirty())
            #expect(!left.isEmpty && left.map(\.key) == right.map(\.key))
            for (left, right) in zip(left, right) {
                #expect(left.held.bytes == right.held.bytes)
                #expect(left.held.hasOutcomes == right.held.hasOutcomes)
                #expect(left.differsInRows == right.differsInRows)
            }
        }
    }

    @Test(arguments: 0..<4)
    func `what panes take in memory is counted, and nothing is left when all that is saved is let go`(seed: UInt64)
        throws
    {
        let log = try RandomLog(seed: seed)
        var folding = LogFolding(schema: log.schema, reference: log.reference)
        folding.take(log.events)
        var panes = folding.panes
        let unpacked = panes.footprint
        let taken = panes.takeDirty()
        #expect(unpacked >= taken.count * 512)
        panes.pack()
        panes.shed()
        #expect(panes.footprint == unpacked)
        #expect(panes.count == taken.count)
        panes.confirmSaved(taken.dropFirst().map(\.key))
        for part in taken.suffix(3) { panes.insert(nil, others: part.pane, for: part.key) }
        #expect(panes.footprint > unpacked)
        panes.pack()
        #expect(panes.packedCount == taken.count - 1)
        #expect(panes.footprint < unpacked)
        panes.shed()
        #expect(panes.count == 1)
        panes.confirmSaved(taken.prefix(1).map(\.key))
        panes.shed()
        #expect(panes.footprint == 0)
    }

    @Test func `rows are counted in the pooled slice, their version's and their segments'`() throws {
        let log = try RandomLog(seed: 3)
        var panes = log.folded(log.events, sizes: [11])
        var counts: [Slice: Int] = [:]
        for part in panes.takeDirty() {
            for key in part.key.with(sole: part.sole) { counts[key.slice, default: 0] += part.pane.predictions }
        }
        var rows: [RandomLog.Row] = []
        for event in log.events { if case .prediction(let row) = event { rows.append(row) } }
        #expect(counts[.pooled] == rows.count)
        #expect(counts[Slice(version: "1")] == rows.count { $0.version == "1" })
        #expect(counts[Slice(segment: "country=DE")] == rows.count { $0.country == "DE" })
        let both = Slice(segment: "country=FR,device=web")
        #expect(counts[both] == rows.count { $0.country == "FR" && $0.device == "web" })
    }

    @Test func `a pane that changes behind the watermark gets a revision`() throws {
        let log = try RandomLog(seed: 4)
        let watermark = Time.epoch + .hours(10)
        var panes = log.folded(log.events, sizes: [log.events.count], watermark: watermark)
        for part in panes.takeDirty() {
            let isBehind = part.key.start + .hours(1) <= watermark
            #expect((part.pane.revision > 0) == isBehind)
        }
    }

    @Test(arguments: 0..<10)
    func `a label changes the half that is saved apart, and the halves make the pane`(seed: UInt64) throws {
        let log = try RandomLog(seed: seed)
        var panes = log.folded(log.events, sizes: [9])
        let first = panes.takeDirty()
        #expect(first.allSatisfy { $0.differsInRows })
        panes.confirmSaved(first.map(\.key))
        let key = try #require(first.first?.key)
        let delta = OutcomeDelta(
            eventTime: key.start, version: key.version, segments: [], predicted: .category("1"), score: 0.5,
            actual: .category("1"), knownAt: key.start, sign: 1, isReplacement: false)
        panes.fold([delta], panes.plan([delta]), watermark: .epoch + .hours(1000))
        let second = panes.takeDirty()
        #expect(!second.isEmpty && second.allSatisfy { !$0.differsInRows })
        for part in second {
            let saved = try #require(first.first { $0.key == part.key }).pane.rowHalf.encoded()
            var pane = try Pane(decoding: saved)
            pane.take(outcomeHalf: try Pane(decoding: try #require(part.pane.outcomeHalf).encoded()))
            #expect(pane.encoded() == part.pane.encoded())
        }
        panes.takeBack(second.map(\.key))
        #expect(panes.takeDirty().allSatisfy { $0.differsInRows })
    }

    @Test func `a pane stays dirty until it is saved, and is not forgotten before`() throws {
        let log = try RandomLog(seed: 5)
        var panes = log.folded(log.events, sizes: [9])
        panes.budget = 0
        panes.evict()
        let all = panes.count
        let first = panes.takeDirty()
        #expect(first.count == all)
        panes.takeBack(first.map(\.key))
        let again = panes.takeDirty()
        #expect(again.map(\.key) == first.map(\.key))
        let key = try #require(again.first?.key)
        let delta = OutcomeDelta(
            eventTime: key.start, version: key.version, segments: [], predicted: .category("1"), score: 0.5,
            actual: .category("1"), knownAt: key.start, sign: 1, isReplacement: false)
        let touched = panes.plan([delta]).keys
        panes.fold([delta], panes.plan([delta]))
        panes.confirmSaved(again.map(\.key))
        #expect(panes.count == touched.count)
        #expect(panes.takeDirty().map(\.key) == touched)
        panes.confirmSaved(touched)
        #expect(panes.count == 0)
    }

    @Test func `the least recently used panes go first`() throws {
        var panes = PaneSet(schema: try RandomLog.schema(), grids: ColumnGrids(), budget: 10)
        let keys = (0..<12).map { PaneKey(start: .epoch + .hours($0)) }
        for key in keys { panes.insert(nil, for: key) }
        _ = panes.pane(for: keys[0])
        panes.evict()
        #expect(panes.missing(keys) == Array(keys[1...3]))
    }

    @Test func `an insertion does not replace what was folded`() throws {
        let log = try RandomLog(seed: 6)
        var panes = log.folded(log.events, sizes: [4])
        let parts = panes.takeDirty()
        for part in parts { panes.insert(nil, for: part.key) }
        #expect(parts.allSatisfy { panes[$0.key] == $0.pane })
    }

    @Test func `an unknown label class and a missing output are counted, not judged`() throws {
        let schema = try RandomLog.schema()
        var panes = PaneSet(schema: schema, grids: ColumnGrids())
        func delta(_ predicted: Outcome, _ score: Double, _ actual: ByteText) -> OutcomeDelta {
            OutcomeDelta(
                eventTime: .epoch, version: "", segments: [], predicted: predicted, score: score,
                actual: .category(actual),
                knownAt: .epoch, sign: 1, isReplacement: false)
        }
        let deltas = [
            delta(.none, .nan, "1"), delta(.none, 0.5, "1"), delta(.none, 0.49, "1"), delta(.category("0"), 0.9, "x"),
        ]
        for key in panes.plan(deltas).keys { panes.insert(nil, for: key) }
        panes.fold(deltas, panes.plan(deltas))
        let outcomes = try #require(panes[PaneKey(start: .epoch)]).outcomes
        #expect(outcomes.counts.labels == 4)
        #expect(outcomes.counts.confusion.count == 3)
        #expect(outcomes.counts.confusion.count(predicted: "1", actual: "1") == 1)
        #expect(outcomes.counts.confusion.count(predicted: "0", actual: "1") == 1)
        #expect(outcomes.counts.confusion.count(predicted: "0", actual: "x") == 1)
        #expect(outcomes.pairs.positives == 2)
        #expect(outcomes.pairs.negatives == 1)
    }
}

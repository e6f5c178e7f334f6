import Monitoring
import Statistics
import Testing

struct PaneVersionsTests {
    private static let one = Slice(version: "1")
    private static let two = Slice(version: "2")

    @Test func `of a model with one version only the pooled panes are kept, which stand for those of the version`()
        throws
    {
        let log = try RandomLog(seed: 1, versions: ["1"])
        var panes = log.folded(log.events, sizes: [7])
        let parts = panes.takeDirty().filter { $0.key.segment.utf8.isEmpty }
        #expect(!parts.isEmpty && parts.allSatisfy { $0.key.slice == .pooled && $0.sole == "1" })
        for part in parts {
            let own = PaneKey(slice: Self.one, start: part.key.start)
            #expect(panes[own] == part.pane)
            #expect(panes.shared(own)?.content == part.pane)
            #expect(panes.missing([own]).isEmpty)
            #expect(panes[PaneKey(slice: Self.two, start: part.key.start)] == nil)
        }
    }

    @Test func `rows without a version leave no pane to stand for`() throws {
        let log = try RandomLog(seed: 2, versions: [""])
        var panes = log.folded(log.events, sizes: [7])
        #expect(panes.takeDirty().allSatisfy { $0.sole == nil && $0.key.version.utf8.isEmpty })
    }

    @Test(arguments: 0..<60)
    func `panes of a version hold its rows alone, whatever else came to them and however often they were saved`(
        seed: UInt64
    ) throws {
        let versions: [ByteText] = seed % 2 == 0 ? ["1", "1", "1", "1", "1", "1", "1", "2"] : ["1", "1", "1", "2", ""]
        let log = try RandomLog(seed: seed, versions: versions)
        var random = SeededRandom(seed)
        var folding = LogFolding(schema: log.schema, reference: log.reference)
        let events = log.events.shuffled(using: &random)
        for event in events {
            folding.take([event])
            if Int.random(in: 0..<4, using: &random) == 0 { folding.forget() }
        }
        folding.forget()
        for version in Set(versions).filter({ !$0.utf8.isEmpty }) {
            var alone = log.folded(Self.events(events, of: version), sizes: [5])
            let parts = alone.takeDirty().filter { $0.key.slice == .pooled }
            #expect(!parts.isEmpty)
            for part in parts {
                let key = PaneKey(slice: Slice(version: version), start: part.key.start)
                folding.load([key])
                #expect(folding.panes[key]?.encoded() == part.pane.encoded())
            }
        }
    }

    @Test(arguments: 0..<20)
    func `what stands where depends on the set of rows alone`(seed: UInt64) throws {
        let log = try RandomLog(seed: seed, versions: ["1", "1", "1", "2"])
        var random = SeededRandom(seed)
        var (whole, split) = (
            LogFolding(schema: log.schema, reference: log.reference),
            LogFolding(schema: log.schema, reference: log.reference)
        )
        whole.take(log.events)
        for event in log.events.shuffled(using: &random) {
            split.take([event])
            if Bool.random(using: &random) { split.forget() }
        }
        whole.forget()
        split.forget()
        #expect(whole.saved.keys.sorted() == split.saved.keys.sorted())
        for (key, part) in whole.saved {
            #expect(part.sole == split.saved[key]?.sole)
            #expect(part.pane.encoded() == split.saved[key]?.pane.encoded())
        }
    }

    @Test(arguments: [false, true])
    func `a row of another version, or its label, lets both panes be saved, also while the pooled one is`(isSaved: Bool)
        throws
    {
        var panes = PaneSet(schema: try RandomLog.schema(), grids: ColumnGrids(), names: Self.names)
        Self.fold("1", into: &panes)
        let first = panes.takeDirty()
        #expect(first.map(\.key) == [PaneKey(start: .epoch)])
        if isSaved { panes.confirmSaved(first.map(\.key)) }
        Self.fold("2", into: &panes)
        panes.confirmSaved(first.map(\.key))
        let second = panes.takeDirty()
        #expect(second.map(\.key.slice) == [.pooled, Self.one, Self.two])
        #expect(second.allSatisfy { $0.sole == nil && $0.differsInRows })
        #expect(second.map(\.pane.outcomes.counts.labels) == [2, 1, 1])
    }

    @Test func `what others counted of a version is added to the pooled pane that stands for it`() throws {
        var panes = PaneSet(schema: try RandomLog.schema(), grids: ColumnGrids(), names: Self.names)
        Self.fold("1", into: &panes)
        let (pooled, own) = (PaneKey(start: .epoch), PaneKey(slice: Self.one, start: .epoch))
        let other = try #require(panes[pooled])
        #expect(panes.unread([pooled, own]).isEmpty)
        panes.noteOthers([own])
        #expect(panes.unread([pooled, own]) == [own])
        panes.insert(nil, others: other, for: own)
        #expect(panes.unread([pooled, own]).isEmpty)
        #expect(panes[own]?.outcomes.counts.labels == 2)
        #expect(panes[pooled]?.outcomes.counts.labels == 1)
        Self.fold("2", into: &panes)
        #expect(panes[own]?.outcomes.counts.labels == 2)
        #expect(panes[pooled]?.outcomes.counts.labels == 2)
        let all = panes.takeDirty()
        panes.confirmSaved(all.map(\.key))
        panes.shed()
        #expect(panes.footprint == 0)
    }

    @Test func `a pooled pane that was read for its version is read again before it is answered with`() throws {
        var panes = PaneSet(schema: try RandomLog.schema(), grids: ColumnGrids(), names: Self.names)
        Self.fold("1", into: &panes)
        let part = try #require(panes.takeDirty().first)
        panes.confirmSaved([part.key])
        panes.shed()
        let own = PaneKey(slice: Self.one, start: .epoch)
        panes.insert(part.pane, sole: part.sole, others: nil, for: own)
        #expect(panes.count == 1)
        #expect(panes[own] == part.pane)
        #expect(panes.unread([part.key, own]) == [part.key])
        panes.pack()
        #expect(panes.packed(own) != nil && panes.packed(part.key) == nil, "others may have counted in it")
        panes.insert(part.pane, sole: part.sole, others: nil, for: part.key)
        #expect(panes.unread([part.key, own]).isEmpty)
        panes.shed()
        panes.insert(part.pane, sole: part.sole, others: nil, for: part.key)
        #expect(panes.unread([part.key, own]) == [own])
        panes.noteAllOthers()
        #expect(panes.unread([part.key, own]) == [part.key, own])
    }

    @Test func `a change of a version's pane is told for its day, though the pooled pane stands for it`() throws {
        var panes = PaneSet(schema: try RandomLog.schema(), grids: ColumnGrids(), names: Self.names)
        Self.fold("1", into: &panes)
        let day = PaneKey(slice: Self.one, start: .epoch)
        let mark = panes.edits.mark
        #expect(!panes.edits.isEdited(day, since: mark))
        #expect(panes.unsaved(day: day).count == 1)
        Self.fold("1", into: &panes)
        #expect(panes.edits.isEdited(day, since: mark))
        panes.confirmSaved(panes.takeDirty().map(\.key))
        #expect(panes.unsaved(day: day).isEmpty)
    }

    @Test func `revisions of a removed pane are kept of the version as well as of all rows`() throws {
        var panes = PaneSet(schema: try RandomLog.schema(), grids: ColumnGrids(), names: Self.names)
        Self.fold("1", into: &panes)
        let (pooled, own) = (PaneKey(start: .epoch), PaneKey(slice: Self.one, start: .epoch))
        panes.revise([pooled: 5, own: 2], watermark: nil)
        #expect(panes[pooled]?.revision == 5)
        #expect(panes[own]?.revision == 2)
    }

    private static let names = SliceNames(versions: ["1", "2"])

    /// Folds a label of a prediction of the version at the epoch.
    private static func fold(_ version: ByteText, into panes: inout PaneSet) {
        let delta = OutcomeDelta(
            eventTime: .epoch, version: version, segments: [], predicted: .category("1"), score: 0.5,
            actual: .category("1"), knownAt: .epoch, sign: 1, isReplacement: false)
        let plan = panes.plan([delta])
        for key in panes.missing(plan.keys) { panes.insert(nil, others: nil, for: key) }
        panes.fold([delta], plan)
    }

    private static func events(_ events: [RandomLog.Event], of version: ByteText) -> [RandomLog.Event] {
        var ids: Set<ByteText> = []
        for case .prediction(let row) in events where row.version == version { ids.insert(row.id) }
        return events.filter { event in
            switch event {
            case .prediction(let row): ids.contains(row.id)
            case .label(let id, _): ids.contains(id)
            }
        }
    }
}

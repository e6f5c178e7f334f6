import Monitoring
import Statistics

/// How much memory a model takes, and how it makes itself small.
extension LiveWindows {
    private var footprint: Int {
        runningTotals.reduce(0) { $0 + $1.footprint } + generations.reduce(0) { $0 + $1.panes.footprint }
            + documents.reduce(0) { $0 + $1.bytes.count }
    }

    /// To be called after panes came, changed or were read.
    func noteMemory() {
        if memory.note(self, bytes: footprint) { makeSmall() }
    }

    /// Keeps small panes as bytes where that is worth its while; also those that are not saved yet, for want of memory.
    func makeSmall(withUnsaved: Bool = false) {
        if withUnsaved || footprint > packedFootprint + WindowMemory.leastToPack { pack(withUnsaved: withUnsaved) }
    }

    /// Lets models make room where all together hold too much; panes of this one may leave memory meanwhile.
    func makeRoom() async {
        if memory.isFull { await memory.relieve() }
    }

    /// To be called after panes changed although nobody used the model.
    func correctMemory() {
        memory.correct(self, bytes: footprint)
    }

    /// Keeps small panes as bytes, here and in running totals.
    private func pack(withUnsaved: Bool) {
        noteStalePanes()
        for index in generations.indices { generations[index].panes.pack(withUnsaved: withUnsaved) }
        for place in runningTotals.indices {
            let stale = runningTotals[place].stale
            let panes = index(of: runningTotals[place].generation).map { generations[$0].panes }
            runningTotals[place].accumulator.pack { start in
                stale.contains(start) ? nil : panes?.packed(PaneKey(start: start))
            }
            runningTotals[place].footprint = runningTotals[place].accumulator.footprint
        }
        packedFootprint = footprint
        correctMemory()
        if withUnsaved { memory.noteSmall(self) }
    }

    /// Lets go everything that can be read or made again.
    func shed() {
        for index in generations.indices { generations[index].panes.shed() }
        runningTotals = []
        documents = []
        epoch &+= 1
        packedFootprint = 0
        correctMemory()
    }
}

import Synchronization

/// How much memory the panes and running totals of all models of the process take, and whose go first when it is too much.
package final class WindowMemory: Sendable {
    /// The most bytes that are held unless the settings say otherwise.
    package static let standardBudget = 1 << 30

    private struct Entry {
        weak var windows: LiveWindows?
        var bytes = 0
        var lastUse: UInt64 = 0
        /// What it took after all that it holds was made small.
        var small = 0
    }

    /// Below so much more than after the last time, making a model small is not worth its while.
    static let leastToPack = 256 << 10

    private struct State {
        var total = 0
        var clock: UInt64 = 0
        /// The least that was held since room was made the last time.
        var left = 0
        /// The clock when room was made the last time.
        var relieved: UInt64 = 0
        var models: [ObjectIdentifier: Entry] = [:]

        mutating func hold(_ bytes: Int, insteadOf before: Int) {
            total += bytes - before
            left = min(left, total)
        }
    }

    /// About how many bytes may be held.
    package let budget: Int
    private let state = Mutex(State())

    /// Nothing held yet.
    package init(budget: Int = WindowMemory.standardBudget) {
        self.budget = budget
    }

    /// About how many bytes are held.
    package var footprint: Int { state.withLock { $0.total } }

    /// Whether less than a tenth of the budget is free.
    private var isAboveRoom: Bool { footprint > budget / 10 * 9 }

    /// Whether so much is held that models must make room; not again while what could not be let go is still most of it.
    var isFull: Bool { state.withLock { $0.total > max(budget, $0.left + budget / 20) } }

    /// Whether rows must wait for a checkpoint: what is not saved cannot be let go.
    package var isOverrun: Bool { footprint > budget + budget / 4 }

    /// Whether a checkpoint should not wait: so much is held, or came since the last one left so much.
    func isPressed(since held: Int) -> Bool {
        let footprint = footprint
        return footprint > budget || footprint > held + budget / 4
    }

    /// A model was used and takes so many bytes now; returns whether it should make itself small.
    ///
    /// From half of the budget on all make themselves small, so that what is used at the same time has room.
    func note(_ windows: LiveWindows, bytes: Int) -> Bool {
        state.withLock { state in
            state.clock += 1
            let key = ObjectIdentifier(windows)
            let before = state.models[key]
            state.hold(bytes, insteadOf: before?.bytes ?? 0)
            state.models[key] = Entry(
                windows: windows, bytes: bytes, lastUse: state.clock, small: min(before?.small ?? 0, bytes))
            return state.total > budget / 2
        }
    }

    /// A model takes so many bytes, although nobody used it.
    func correct(_ windows: LiveWindows, bytes: Int) {
        state.withLock { state in
            let key = ObjectIdentifier(windows)
            state.hold(bytes, insteadOf: state.models[key]?.bytes ?? 0)
            state.models[key, default: Entry(windows: windows)].bytes = bytes
        }
    }

    /// A model made all that it holds small.
    func noteSmall(_ windows: LiveWindows) {
        state.withLock { state in
            guard let entry = state.models[ObjectIdentifier(windows)] else { return }
            state.models[ObjectIdentifier(windows)]?.small = entry.bytes
        }
    }

    /// A model is gone.
    func forget(_ windows: ObjectIdentifier) {
        state.withLock { state in state.hold(0, insteadOf: state.models.removeValue(forKey: windows)?.bytes ?? 0) }
    }

    /// Has models make room: from half of the budget on those that nobody used since the last time make themselves small; where
    /// all together hold too much the others do as well, and then let go what is saved, until a tenth of the budget is free.
    ///
    /// Those that nobody used since the last time go first, in any order: where all are used in turn, the one that was not used for
    /// longest is the next that will be.
    package func relieve() async {
        let (entries, last, total) = state.withLock { state in
            defer { state.relieved = state.clock }
            return (Array(state.models.values), state.relieved, state.total)
        }
        if total > budget / 2 {
            // Nothing is lost by making bytes of what must be saved anyway, and a checkpoint that is under way holds on to what is not.
            for entry in entries where entry.lastUse <= last && entry.bytes > entry.small + Self.leastToPack {
                await entry.windows?.makeSmall(withUnsaved: true)
            }
        }
        if total > budget {
            let used = entries.filter { $0.lastUse > last }.sorted { $0.lastUse < $1.lastUse }
            let order = entries.filter { $0.lastUse <= last }.shuffled() + used
            // What was used while there was room is not small yet.
            for entry in used where isAboveRoom { await entry.windows?.makeSmall(withUnsaved: true) }
            for entry in order where isAboveRoom { await entry.windows?.shed() }
        }
        state.withLock { $0.left = $0.total }
    }
}

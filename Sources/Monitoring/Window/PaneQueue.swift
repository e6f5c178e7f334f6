/// The panes of a sliding window, oldest first.
struct PaneQueue: Sendable {
    /// A pane with its place in event time.
    struct Entry: Sendable {
        let start: Time
        /// Where it ends, so that panes and day panes stand side by side.
        let end: Time
        var pane: HeldPane
    }

    private var storage: [Entry] = []
    private var head = 0
    /// About how many bytes the panes take in memory, without those bytes that others hold as well.
    private(set) var footprint = 0

    /// The panes in order.
    var entries: ArraySlice<Entry> { storage[head...] }

    /// The oldest one.
    var first: Entry? { head < storage.count ? storage[head] : nil }

    /// Where the pane that starts then is among ``entries``. O(log panes).
    func index(startingAt start: Time) -> Int? {
        let place = place(notBefore: start)
        return place < storage.count && storage[place].start == start ? place : nil
    }

    /// Whether a moment lies in something longer than a pane of that width. O(log panes).
    func isLonger(than width: PrometheusDuration, at moment: Time) -> Bool {
        let next = place(notBefore: moment)
        let place = next < storage.count && storage[next].start == moment ? next : next - 1
        guard place >= head, moment < storage[place].end else { return false }
        return storage[place].end - storage[place].start > width
    }

    /// Adds the newest.
    mutating func append(_ pane: HeldPane, from start: Time, to end: Time) {
        storage.append(Entry(start: start, end: end, pane: pane))
        footprint += pane.ownFootprint
    }

    /// Drops the oldest; O(1) on average. What it held is let go at once.
    mutating func removeFirst() {
        footprint -= storage[head].pane.ownFootprint
        storage[head].pane = .none
        head += 1
        guard head > 64, head > storage.count / 2 else { return }
        storage.removeFirst(head)
        head = 0
    }

    /// Puts a pane at its place, instead of the one that starts at the same time if there is one.
    mutating func put(_ pane: HeldPane, from start: Time, to end: Time) {
        let place = place(notBefore: start)
        footprint += pane.ownFootprint
        if place < storage.count, storage[place].start == start {
            footprint -= storage[place].pane.ownFootprint
            storage[place].pane = pane
        } else {
            storage.insert(Entry(start: start, end: end, pane: pane), at: place)
        }
    }

    /// Holds the bytes of small panes only; `known` gives those that somebody has already.
    mutating func pack(_ known: (_ start: Time, _ end: Time) -> [UInt8]?) {
        for place in storage.indices.dropFirst(head) where !storage[place].pane.isPacked {
            guard storage[place].pane.predictions <= PaneSet.mostPackedPredictions else { continue }
            footprint -= storage[place].pane.ownFootprint
            storage[place].pane.pack(as: known(storage[place].start, storage[place].end))
            footprint += storage[place].pane.ownFootprint
        }
    }

    /// The place of the first pane that does not start before a moment.
    private func place(notBefore moment: Time) -> Int {
        var (low, high) = (head, storage.count)
        while low < high {
            let middle = (low + high) / 2
            if storage[middle].start < moment { low = middle + 1 } else { high = middle }
        }
        return low
    }
}

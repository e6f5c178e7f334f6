package import Statistics

/// Which rows of a batch, or which of some deltas, belong to which panes.
///
/// Made once: first to load the panes that are missing, then to fold.
package struct FoldPlan: Sendable {
    /// The rows of one pane, ascending.
    struct Group: Sendable {
        let key: PaneKey
        var rows: [Int32]
        /// Of which versions the rows are; of pooled panes only.
        var versions = PaneVersions.none
    }

    private(set) var groups: [Group] = []
    private var slices: [Slice: Int] = [:]
    /// The groups of each slice by the start of their panes: a slice is hashed once, not for every row.
    private var starts: [[Time: Int]] = []

    /// Sorts rows by pane: each into the pooled slice, into that of its model version, and into those of its segments.
    ///
    /// `rows` says which of the batch to take, ascending, nil for all; `names` which model versions have slices of their own;
    /// `segments` the segments that a row is counted in, each once.
    /// - Complexity: O(rows x slices of a row).
    package init(
        _ batch: PredictionBatch, rows: [Int]? = nil, grid: PaneGrid, names: SliceNames,
        segments: ((Int) -> [ByteText])? = nil
    ) {
        var cursor = Cursor(grid: grid)
        for row in rows ?? Array(batch.times.indices) {
            add(row, at: batch.times[row], batch.versions[row], segments?(row) ?? [], names, &cursor)
        }
    }

    /// Sorts deltas by pane in the same way; each says itself which segments it is counted in.
    /// - Complexity: O(deltas x slices of a delta).
    init(_ deltas: [OutcomeDelta], grid: PaneGrid, names: SliceNames) {
        var cursor = Cursor(grid: grid)
        for (place, delta) in deltas.enumerated() {
            add(place, at: delta.eventTime, delta.version, delta.segments, names, &cursor)
        }
    }

    /// The panes that the fold changes, in no order.
    package var keys: [PaneKey] { groups.map(\.key) }

    /// Where the row before went, which is mostly where the next one goes.
    private struct Cursor {
        var pane: PaneCursor
        var pooled = LastPlace()
        var version = LastPlace()

        init(grid: PaneGrid) { pane = PaneCursor(grid: grid) }
    }

    private struct LastPlace {
        var text: ByteText = ""
        var slice: Int?
        var start = Time.epoch
        var group = 0
    }

    private mutating func add(
        _ row: Int, at time: Time, _ version: ByteText, _ segments: [ByteText], _ names: SliceNames,
        _ cursor: inout Cursor
    ) {
        let row = Int32(clamping: row)
        let start = cursor.pane.start(of: time)
        add(row, to: { .pooled }, of: "", start: start, last: &cursor.pooled)
        if version.utf8.isEmpty {
            groups[cursor.pooled.group].versions = .several
        } else {
            let slice = { names.slice(forVersion: version) ?? .pooled }
            if add(row, to: slice, of: version, start: start, last: &cursor.version) {
                groups[cursor.pooled.group].versions.note(groups[cursor.version.group].key.slice)
            }
        }
        for segment in segments {
            let slice = Slice(segment: segment)
            groups[group(of: slice, place(of: slice), start: start)].rows.append(row)
        }
    }

    /// Returns whether it goes elsewhere than the row before.
    @discardableResult
    private mutating func add(
        _ row: Int32, to slice: () -> Slice, of text: ByteText, start: Time, last: inout LastPlace
    ) -> Bool {
        let isElsewhere = last.slice == nil || last.text != text || last.start != start
        if last.slice == nil || last.text != text {
            last = LastPlace(text: text, slice: place(of: slice()), start: start)
            last.group = group(of: slice(), last.slice ?? 0, start: start)
        } else if let place = last.slice, last.start != start {
            last.start = start
            last.group = group(of: slice(), place, start: start)
        }
        groups[last.group].rows.append(row)
        return isElsewhere
    }

    private mutating func place(of slice: Slice) -> Int {
        if let place = slices[slice] { return place }
        slices[slice] = starts.count
        starts.append([:])
        return starts.count - 1
    }

    private mutating func group(of slice: @autoclosure () -> Slice, _ place: Int, start: Time) -> Int {
        if let group = starts[place][start] { return group }
        starts[place][start] = groups.count
        groups.append(Group(key: PaneKey(slice: slice(), start: start), rows: []))
        return groups.count - 1
    }
}

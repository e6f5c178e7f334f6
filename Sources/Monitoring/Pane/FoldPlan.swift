package import Statistics

/// Which rows of a batch belong to which panes.
///
/// Made once for a batch: first to load the panes that are missing, then to fold.
package struct FoldPlan: Sendable {
    /// The rows of one pane, ascending.
    struct Group: Sendable {
        let key: PaneKey
        var rows: [Int32]
    }

    private(set) var groups: [Group] = []
    private var places: [PaneKey: Int] = [:]

    /// Sorts rows by pane: each into the pooled slice, into that of its model version, and into those of its segments.
    ///
    /// `rows` says which of the batch to take, ascending, nil for all; `names` which model versions have slices of their own;
    /// `segments` the segments that a row is counted in, each once.
    /// - Complexity: O(rows x slices of a row).
    package init(
        _ batch: PredictionBatch, rows: [Int]? = nil, grid: PaneGrid, names: SliceNames,
        segments: ((Int) -> [ByteText])? = nil
    ) {
        var pane = PaneCursor(grid: grid)
        var lastPooled = LastPlace()
        var lastVersion = LastPlace()
        for row in rows ?? Array(batch.times.indices) {
            let place = Int32(clamping: row)
            let start = pane.start(of: batch.times[row])
            add(place, to: { .pooled }, of: "", start: start, last: &lastPooled)
            let version = batch.versions[row]
            if !version.utf8.isEmpty {
                let slice = { names.slice(forVersion: version) ?? .pooled }
                add(place, to: slice, of: version, start: start, last: &lastVersion)
            }
            for segment in segments?(row) ?? [] {
                append(place, to: group(of: PaneKey(slice: Slice(segment: segment), start: start)))
            }
        }
    }

    /// The panes that the fold changes, in order.
    package var keys: [PaneKey] { groups.map(\.key).sorted() }

    /// Where the row before went, which is mostly where the next one goes.
    private struct LastPlace {
        var text: ByteText = ""
        var start = Time.epoch
        var group: Int?
    }

    private mutating func add(
        _ row: Int32, to slice: () -> Slice, of text: ByteText, start: Time, last: inout LastPlace
    ) {
        if let group = last.group, last.start == start, last.text == text { return append(row, to: group) }
        let group = group(of: PaneKey(slice: slice(), start: start))
        last = LastPlace(text: text, start: start, group: group)
        append(row, to: group)
    }

    private mutating func group(of key: PaneKey) -> Int {
        if let place = places[key] { return place }
        places[key] = groups.count
        groups.append(Group(key: key, rows: []))
        return groups.count - 1
    }

    private mutating func append(_ row: Int32, to group: Int) {
        groups[group].rows.append(row)
    }
}

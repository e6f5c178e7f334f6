extension OutcomeDelta {
    /// The panes that the delta changes: of the pooled slice, of its model version, and of its segments.
    package func paneKeys(grid: PaneGrid, names: SliceNames) -> [PaneKey] {
        let start = grid.start(of: eventTime)
        var keys = [PaneKey(start: start)]
        if let slice = names.slice(forVersion: version) { keys.append(PaneKey(slice: slice, start: start)) }
        for segment in segments { keys.append(PaneKey(slice: Slice(segment: segment), start: start)) }
        return keys
    }
}

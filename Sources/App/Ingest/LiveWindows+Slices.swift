import Monitoring
import Statistics
import Store

/// Windows of many slices, whose panes are read together.
extension LiveWindows {
    /// How many panes are brought into memory at once, well below what stays there.
    private static let mostPreloaded = 4096

    /// Calls the body for windows of one length at ascending ends, slice after slice.
    ///
    /// The panes of many slices come with one read, not with one each.
    func slide(
        slices: [Slice], length: PrometheusDuration, ends: [Time], reference: String, knownAtEnd: Bool,
        columns: ColumnSelection, _ body: (Slice, Time, WindowSummary) throws -> Void
    ) async throws {
        guard let first = ends.first, let last = ends.last else { return }
        let window = Window(end: last, length: length)
        var rest = slices[...]
        while !rest.isEmpty {
            var part = rest.prefix(1)
            if let generation = generation(for: window), let index = index(of: generation) {
                let starts = generations[index].panes.grid.starts(from: first - length, to: last)
                part = rest.prefix(max(Self.mostPreloaded / max(starts.count, 1), 1))
                try await load(
                    part.flatMap { slice in starts.map { PaneKey(slice: slice, start: $0) } }, of: generation)
            }
            for slice in part {
                try await slide(
                    length: length, ends: ends, slice: slice, reference: reference, knownAtEnd: knownAtEnd,
                    columns: columns
                ) { end, summary in try body(slice, end, summary) }
            }
            rest = rest.dropFirst(part.count)
        }
    }

    /// How groups of rows compare in windows of one length at ascending ends.
    ///
    /// Groups that have no rows in a window are not in it. Of a combination with too many groups there is nothing.
    func fairness(
        of combination: [ByteText], length: PrometheusDuration, ends: [Time], knownAtEnd: Bool = false
    ) async throws -> [(end: Time, reading: FairnessReading)] {
        let groups = segments(of: combination)
        let task = schema.task
        guard groups.count <= Self.mostGroups, task == .binary || task == .regression else { return [] }
        let positive = task == .binary ? schema.positiveClass : nil
        let columns = ColumnSelection(
            columns: FairnessReading.columns, outcomes: knownAtEnd ? .known : .counts)
        var readings: [(end: Time, reading: FairnessReading)] = []
        // A few ends at a time, so that the groups of all of them need not be held.
        for start in stride(from: 0, to: ends.count, by: Self.endsAtOnce) {
            let part = Array(ends[start..<min(start + Self.endsAtOnce, ends.count)])
            var found: [Time: [(name: ByteText, rows: FairnessReading.GroupRows)]] = [:]
            try await slide(
                slices: groups.map { Slice(segment: $0.text) }, length: length, ends: part,
                reference: Self.training, knownAtEnd: knownAtEnd, columns: columns
            ) { slice, end, summary in
                guard summary.predictions > 0 else { return }
                found[end, default: []].append((slice.segment, FairnessReading.GroupRows(summary, positive: positive)))
            }
            for end in part {
                guard let groups = found[end] else { continue }
                readings.append((end, FairnessReading(groups)))
            }
        }
        return readings
    }

    /// The most groups of a combination that are compared in series.
    private static let mostGroups = 200
    private static let endsAtOnce = 64
}

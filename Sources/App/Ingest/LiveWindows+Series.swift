import Monitoring
import Statistics

/// Values of series as they stand now.
extension LiveWindows {
    /// The values of a group's series: for each end, in order, those of all series.
    func values(of group: SeriesReader.Group, at ends: [Time]) async throws -> [Double?] {
        if ends.count == 1, group.slice == .pooled, let end = ends.first {
            // The newest window again and again: its total is moved on instead of being added up.
            let reading = try await reading(
                of: group.window.window(endingAt: end), slice: group.slice, reference: group.reference,
                needs: group.needs)
            guard let summary = reading?.summary else { return group.series.map { _ in nil } }
            var view = SeriesReader.View(of: summary, from: .now)
            return group.series.map { $0.value(in: &view) }
        }
        var found: [Time: [Double?]] = [:]
        try await slide(
            length: group.window.length, ends: ends, slice: group.slice, reference: group.reference,
            knownAtEnd: false, columns: group.columns
        ) { end, summary in
            var view = SeriesReader.View(of: summary, from: .now)
            found[end] = group.series.map { $0.value(in: &view) }
        }
        return ends.flatMap { found[$0] ?? group.series.map { _ in nil } }
    }
}

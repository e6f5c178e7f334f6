import Monitoring
import Query

extension SeriesReader {
    /// More samples were asked for than one query may read.
    struct Excess: Error {}

    /// The samples of a selector's series over a stretch of event time, each window read once.
    struct Table: Sendable {
        private struct Point: Sendable {
            let end: Time
            let value: Double
        }

        private struct Line: Sendable {
            let labels: Labels
            let lookback: PrometheusDuration
            var points: [Point] = []
        }

        private var lines: [Line] = []

        /// Reads what a selector sees in one model at any of some instants, from which its offset is already taken.
        ///
        /// The budget says how many samples may still be read; what is read is taken from it, and ``Excess`` thrown where it
        /// does not last.
        static func load(
            _ selector: VectorSelector, of subject: Subject, from windows: LiveWindows, at times: [Time],
            budget: inout Int
        ) async throws -> Table {
            var parts: [(group: Group, ends: [Time])] = []
            for group in Selection(selector.matchers, of: subject).groups {
                var ends: Set<Time> = []
                for time in times { ends.formUnion(subject.ends(of: group.window, seenAt: time)) }
                guard !ends.isEmpty else { continue }
                budget -= ends.count * group.series.count
                guard budget >= 0 else { throw Excess() }
                parts.append((group, ends.sorted()))
            }
            var table = Table()
            for (group, ends) in parts { table.lines += try await lines(of: group, at: ends, from: windows) }
            return table
        }

        private static func lines(of group: Group, at ends: [Time], from windows: LiveWindows) async throws -> [Line] {
            let lookback = SeriesReader.lookback(of: group.window)
            var lines = group.series.map { Line(labels: $0.labels, lookback: lookback) }
            try await windows.slide(
                length: group.window.length, ends: ends, slice: group.slice, reference: group.reference,
                knownAtEnd: false, columns: group.columns
            ) { end, summary in
                for (index, series) in group.series.enumerated() {
                    guard let value = series.value(in: summary) else { continue }
                    lines[index].points.append(Point(end: end, value: value))
                }
            }
            return lines.filter { !$0.points.isEmpty }
        }

        /// What the selector sees at an instant. Logarithmic for each series.
        func samples(at time: Time) -> [Sample] {
            lines.compactMap { line in
                var (low, high) = (0, line.points.count)
                while low < high {
                    let middle = (low + high) / 2
                    if line.points[middle].end <= time { low = middle + 1 } else { high = middle }
                }
                guard low > 0, time < line.points[low - 1].end + line.lookback else { return nil }
                return Sample(labels: line.labels, value: line.points[low - 1].value)
            }
        }
    }
}

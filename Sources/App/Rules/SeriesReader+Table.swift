import Monitoring
import Query

extension SeriesReader {
    /// More samples were asked for than one query may read.
    struct Excess: Error {}

    /// The samples of a selector's series over a stretch of event time, each window read once.
    struct Table: Sendable {
        private struct Line: Sendable {
            let labels: Labels
            let lookback: PrometheusDuration
            var points: [SelectedSeries.Point] = []
        }

        private var lines: [Line] = []

        /// Which samples are read.
        enum Extent: Sendable {
            /// Those that are seen at any of some instants, from which the selector's offset is already taken.
            case instants([Time])
            /// All of a stretch, and those that are seen at its beginning.
            case span(SampleSpan)

            func ends(of window: WindowSpec, in subject: Subject) -> Set<Time> {
                switch self {
                case .instants(let times): times.reduce(into: []) { $0.formUnion(subject.ends(of: window, seenAt: $1)) }
                case .span(let span): Set(subject.ends(of: window, from: span.start, through: span.end))
                }
            }
        }

        /// The windows that are read of one model, in groups.
        struct Plan: Sendable {
            fileprivate var parts: [(group: Group, ends: [Time])] = []

            /// Reads them.
            func table(from windows: LiveWindows, as perspective: Perspective = .now) async throws -> Table {
                var table = Table()
                for (group, ends) in parts {
                    table.lines += try await Table.lines(of: group, at: ends, from: windows, perspective)
                }
                return table
            }
        }

        /// What a selector may take in one model.
        ///
        /// The budget says how many samples may still be read; what is read is taken from it, and ``Excess`` thrown where it
        /// does not last.
        static func plan(
            _ selector: VectorSelector, of subject: Subject, _ extent: Extent, budget: inout Int
        ) throws(Excess) -> Plan {
            var plan = Plan()
            for group in Selection(selector.matchers, of: subject).groups {
                let ends = extent.ends(of: group.window, in: subject)
                guard !ends.isEmpty else { continue }
                budget -= ends.count * group.series.count
                guard budget >= 0 else { throw Excess() }
                plan.parts.append((group, ends.sorted()))
            }
            return plan
        }

        /// Reads what a selector may take in one model; for the budget see ``plan(_:of:_:budget:)``.
        static func load(
            _ selector: VectorSelector, of subject: Subject, from windows: LiveWindows, _ extent: Extent,
            as perspective: Perspective = .now, budget: inout Int
        ) async throws -> Table {
            try await plan(selector, of: subject, extent, budget: &budget).table(from: windows, as: perspective)
        }

        private static func lines(
            of group: Group, at ends: [Time], from windows: LiveWindows, _ perspective: Perspective
        ) async throws -> [Line] {
            let lookback = SeriesReader.lookback(of: group.window)
            var lines = group.series.map { Line(labels: $0.labels, lookback: lookback) }
            if let combination = group.combination {
                let readings = try await windows.fairness(
                    of: combination, length: group.window.length, ends: ends)
                for (end, reading) in readings {
                    for (index, series) in group.series.enumerated() {
                        guard let value = series.value(of: reading) else { continue }
                        lines[index].points.append(SelectedSeries.Point(time: end, value: value))
                    }
                }
                return lines.filter { !$0.points.isEmpty }
            }
            guard perspective.time != nil else {
                let values = try await windows.values(of: group, at: ends)
                for (place, end) in ends.enumerated() {
                    for index in lines.indices {
                        guard let value = values[place * lines.count + index] else { continue }
                        lines[index].points.append(SelectedSeries.Point(time: end, value: value))
                    }
                }
                return lines.filter { !$0.points.isEmpty }
            }
            try await windows.slide(
                length: group.window.length, ends: ends, slice: group.slice, reference: group.reference,
                knownAtEnd: false,
                columns: group.columns.withHistory
            ) { end, summary in
                var view = View(of: summary, from: perspective)
                for (index, series) in group.series.enumerated() {
                    guard let value = series.value(in: &view) else { continue }
                    lines[index].points.append(SelectedSeries.Point(time: end, value: value))
                }
            }
            return lines.filter { !$0.points.isEmpty }
        }

        /// The series, whose samples are seen until just before their lookback has passed.
        var series: [SelectedSeries] {
            lines.map { line in
                SelectedSeries(
                    labels: line.labels, lookback: line.lookback - PrometheusDuration(microseconds: 1),
                    points: line.points)
            }
        }
    }
}

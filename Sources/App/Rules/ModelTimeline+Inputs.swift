import Alerting
import Monitoring
import Query

/// What rules read.
extension ModelTimeline {
    /// The most samples that one rule reads at one slot.
    private static let mostSamples = 2_000_000

    /// How far a selector looks: from where, and how long a stretch.
    struct View: Hashable {
        let offset: PrometheusDuration
        let range: PrometheusDuration?
    }

    /// The ways in which the rules' selectors look at samples.
    var views: Set<View> {
        var views: Set<View> = [View(offset: .zero, range: nil)]
        for rule in judged.flatMap(\.group.rules) {
            views.formUnion(rule.expression.selectors.map { View(offset: $0.offset, range: $0.range) })
        }
        return views
    }

    /// For every selector of an expression the series of this model, and of its recording rules, that it chooses.
    func series(
        of expression: Expression, at slot: Time, _ cache: inout [String: WindowReading]
    ) async throws -> [[SelectedSeries]] {
        var budget = Self.mostSamples
        var series: [[SelectedSeries]] = []
        for (selector, span) in zip(expression.selectors, expression.spans(from: slot, through: slot)) {
            var found = recordedSeries(selector)
            if expression.isInstant {
                let time = slot - selector.offset
                found += try await SeriesReader.samples(of: selector, model: model, at: time, cache: &cache)
                    .map { SelectedSeries($0, seenAt: time) }
            } else if selector.readsModels {
                found += try await SeriesReader.Table.load(
                    selector, of: SeriesReader.Subject(model), from: model.windows, .span(span), budget: &budget
                ).series
            }
            series.append(found)
        }
        return series
    }

    private func recordedSeries(_ selector: VectorSelector) -> [SelectedSeries] {
        judged.flatMap(\.recorded).filter { selector.matches($0.key) }.map { entry in
            SelectedSeries(labels: entry.key, lookback: SeriesReader.shortLookback, points: entry.value)
        }
    }

    /// Keeps what a rule recorded, as far back as any rule looks.
    mutating func keep(_ recorded: [Sample], of group: Int, at slot: Time) {
        let reach =
            judged.flatMap(\.group.rules).flatMap { rule in
                rule.expression.spans(from: slot, through: slot).map { slot - $0.start }
            }.max() ?? .zero
        let oldest = slot - max(reach, .zero) - SeriesReader.shortLookback
        for sample in recorded {
            var points = judged[group].recorded[sample.labels] ?? []
            points.removeAll { $0.time < oldest || $0.time >= slot }
            points.append(SelectedSeries.Point(time: slot, value: sample.value))
            judged[group].recorded[sample.labels] = points.suffix(Subquery.mostSteps)
        }
    }
}

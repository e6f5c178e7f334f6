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
                found += try await SeriesReader.samples(
                    of: selector, model: model, at: time, from: perspective, cache: &cache
                )
                .map { SelectedSeries($0, seenAt: time) }
            } else if selector.readsModels {
                found += try await SeriesReader.Table.load(
                    selector, of: SeriesReader.Subject(model, perspective), from: model.windows, .span(span),
                    as: perspective, budget: &budget
                ).series
            }
            series.append(found)
        }
        return series
    }

    private func recordedSeries(_ selector: VectorSelector) -> [SelectedSeries] {
        judged.flatMap { $0.recorded.chosen(by: selector) }
    }

    /// How far before a slot any rule looks.
    static func reach(of judged: [Judged], at slot: Time) -> PrometheusDuration {
        let spans = judged.flatMap(\.group.rules).flatMap { $0.expression.spans(from: slot, through: slot) }
        return max(spans.map { slot - $0.start }.max() ?? .zero, .zero)
    }

    /// Keeps what a rule recorded, as far back as any rule looks.
    mutating func keep(_ recorded: [Sample], by rule: Rule, of group: Int, at slot: Time) {
        judged[group].recorded.keep(
            recorded, by: rule.key, at: slot, every: judged[group].group.interval,
            since: slot - Self.reach(of: judged, at: slot) - SeriesReader.shortLookback)
    }

    /// Evaluates recording rules again at the slots before a start at which rules look back to, as they were seen then.
    ///
    /// What they recorded is not stored: their inputs are, see `docs/decisions/0027`.
    mutating func recallRecorded() async throws {
        guard let end = evaluatedTo, judged.contains(where: { $0.group.rules.contains { $0.kind == .record } }) else {
            return
        }
        let intervals = judged.map(\.group.interval)
        let most = (intervals.min() ?? RuleGroup.defaultInterval) * Subquery.mostSteps
        // What a rule recorded may itself rest on what another one did.
        let depth = judged.flatMap(\.group.rules).count { $0.kind == .record && !$0.expression.isInstant } + 1
        let start = end - min(Self.reach(of: judged, at: end) * depth + SeriesReader.shortLookback, most)
        let changes = changePoints(from: start, to: end, also: [])
        let reader = LiveWindows.RunningTotal.Reader.past(.random(in: .min ... .max))
        var last = Time(microseconds: start.microseconds - 1)
        var slots = 0
        while slots < Subquery.mostSteps, let slot = nextTime(after: last, changes: changes, clock: end) {
            perspective = Perspective(time: slot, reader: reader)
            var cache: [String: WindowReading] = [:]
            for index in judged.indices where slot.floor(toMultipleOf: judged[index].group.interval) == slot {
                for rule in judged[index].group.rules where rule.kind == .record {
                    let series = try await series(of: rule.expression, at: slot, &cache)
                    let evaluation = RuleEvaluation(
                        of: rule, at: slot, series: series, limit: judged[index].group.limit)
                    if case .recorded(let samples) = evaluation.outcome { keep(samples, by: rule, of: index, at: slot) }
                }
            }
            last = slot
            slots += 1
        }
        perspective = .now
        await model.windows.forgetTotals(of: reader)
    }
}

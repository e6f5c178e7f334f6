import Alerting
import Hummingbird
import Monitoring
import Query

/// Expressions at one instant and at many.
extension PrometheusRoutes {
    /// The most instants of a range query, as in Prometheus.
    private static let mostPoints: Int64 = 11_000

    /// The most samples that a query reads, and the most that it answers.
    private static let mostSamples = 2_000_000

    func query(_ form: Form) async throws -> Response {
        let expression = try Self.expression(form["query"], "query")
        let subjects = await subjects()
        let newest = subjects.compactMap(\.subject.watermark).max() ?? .epoch
        let time = try form.time("time") ?? newest
        let series = try await Self.series(of: expression, at: [time], subjects)
        return PrometheusAnswer.instant(try Self.value(of: expression, at: time, series, (time, time)), at: time)
    }

    func queryRange(_ form: Form) async throws -> Response {
        guard let start = try form.time("start"), let end = try form.time("end"), let step = try form.duration("step")
        else { throw PrometheusAnswer.Failure.badData("give start, end and step") }
        let expression = try Self.expression(form["query"], "query")
        guard expression.type == .scalar || expression.type == .vector else {
            throw PrometheusAnswer.Failure.badData(
                "invalid parameter \"query\": invalid expression type \"\(expression.type.rawValue)\" for range query, must be Scalar or instant Vector"
            )
        }
        let times = try Self.times(from: start, to: end, step)
        let inputs = try await Self.series(of: expression, at: times, await subjects())
        var series: [Labels: [(time: Time, value: Double)]] = [:]
        var room = Self.mostSamples
        for time in times {
            try Task.checkCancellation()
            let elements = try Self.value(of: expression, at: time, inputs, (start, end)).elements ?? []
            room -= elements.count
            guard room >= 0 else { throw Self.excess }
            for element in elements { series[element.labels, default: []].append((time, element.value)) }
        }
        return PrometheusAnswer.matrix(series)
    }

    private static func times(
        from start: Time, to end: Time, _ step: PrometheusDuration
    ) throws(PrometheusAnswer.Failure) -> [Time] {
        guard end >= start else {
            throw .badData("invalid parameter \"end\": end timestamp must not be before start time")
        }
        let steps = (end - start).microseconds / step.microseconds
        guard steps <= mostPoints else {
            throw .badData(
                "exceeded maximum resolution of 11,000 points per timeseries. Try decreasing the query resolution (?step=XX)"
            )
        }
        return (0...Int(steps)).map { start + step * $0 }
    }

    /// For every selector of an expression the series of all models that it chooses.
    private static func series(
        of expression: Expression, at times: [Time], _ subjects: [(subject: SeriesReader.Subject, windows: LiveWindows)]
    ) async throws -> [[SelectedSeries]] {
        var budget = mostSamples
        var series: [[SelectedSeries]] = []
        let spans = expression.spans(from: times[0], through: times[times.count - 1])
        for (selector, span) in zip(expression.selectors, spans) {
            let extent: SeriesReader.Table.Extent =
                expression.isInstant ? .instants(times.map { $0 - selector.offset }) : .span(span)
            var reads: [(plan: SeriesReader.Table.Plan, windows: LiveWindows)] = []
            for (subject, windows) in subjects where selector.readsModels {
                do {
                    let plan = try SeriesReader.Table.plan(selector, of: subject, extent, budget: &budget)
                    reads.append((plan, windows))
                } catch {
                    throw excess
                }
            }
            series.append(try await found(reads))
        }
        return series
    }

    /// How many models are read at a time.
    private static let width = 4

    /// Reads models side by side; the series come in the order of the models.
    private static func found(
        _ reads: [(plan: SeriesReader.Table.Plan, windows: LiveWindows)]
    ) async throws -> [SelectedSeries] {
        try await withThrowingTaskGroup(of: (Int, [SelectedSeries]).self) { group in
            var found = [[SelectedSeries]](repeating: [], count: reads.count)
            for (index, read) in reads.enumerated() {
                if index >= width, let (done, series) = try await group.next() { found[done] = series }
                group.addTask { (index, try await read.plan.table(from: read.windows).series) }
            }
            for try await (done, series) in group { found[done] = series }
            return found.flatMap(\.self)
        }
    }

    private static var excess: PrometheusAnswer.Failure {
        .execution("query processing would load too many samples into memory; choose fewer series or a shorter range")
    }

    private static func value(
        of expression: Expression, at time: Time, _ series: [[SelectedSeries]], _ bounds: (start: Time, end: Time)
    ) throws(PrometheusAnswer.Failure) -> Value {
        do throws(QueryError) {
            return try expression.evaluate(at: time, series: series, bounds: bounds)
        } catch {
            throw .execution("\(error)")
        }
    }
}

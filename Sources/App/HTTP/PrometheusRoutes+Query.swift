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
        let tables = try await Self.tables(of: expression, at: [time], subjects)
        return PrometheusAnswer.instant(try Self.value(of: expression, at: time, tables), at: time)
    }

    func queryRange(_ form: Form) async throws -> Response {
        guard let start = try form.time("start"), let end = try form.time("end"), let step = try form.duration("step")
        else { throw PrometheusAnswer.Failure.badData("give start, end and step") }
        let expression = try Self.expression(form["query"], "query")
        guard expression.type != .string else {
            throw PrometheusAnswer.Failure.badData(
                "invalid parameter \"query\": invalid expression type \"string\" for range query, must be Scalar or instant Vector"
            )
        }
        let times = try Self.times(from: start, to: end, step)
        let tables = try await Self.tables(of: expression, at: times, await subjects())
        var series: [Labels: [(time: Time, value: Double)]] = [:]
        var room = Self.mostSamples
        for time in times {
            try Task.checkCancellation()
            let elements = try Self.value(of: expression, at: time, tables).elements ?? []
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

    /// For every selector of an expression the samples of all models that it chooses.
    private static func tables(
        of expression: Expression, at times: [Time], _ subjects: [(subject: SeriesReader.Subject, windows: LiveWindows)]
    ) async throws -> [[SeriesReader.Table]] {
        var budget = mostSamples
        var tables: [[SeriesReader.Table]] = []
        for selector in expression.selectors {
            var found: [SeriesReader.Table] = []
            let instants = times.map { $0 - selector.offset }
            for (subject, windows) in subjects where selector.readsModels {
                do {
                    found.append(
                        try await SeriesReader.Table.load(
                            selector, of: subject, from: windows, at: instants, budget: &budget))
                } catch is SeriesReader.Excess {
                    throw excess
                }
            }
            tables.append(found)
        }
        return tables
    }

    private static var excess: PrometheusAnswer.Failure {
        .execution("query processing would load too many samples into memory; choose fewer series or a shorter range")
    }

    private static func value(
        of expression: Expression, at time: Time, _ tables: [[SeriesReader.Table]]
    ) throws(PrometheusAnswer.Failure) -> Value {
        let samples = zip(expression.selectors, tables).map { selector, found in
            found.flatMap { $0.samples(at: time - selector.offset) }
        }
        do throws(QueryError) {
            return try expression.evaluate(at: time, samples: samples)
        } catch {
            throw .execution("\(error)")
        }
    }
}

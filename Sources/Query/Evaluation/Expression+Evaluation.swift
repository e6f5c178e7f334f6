package import Monitoring

extension Expression {
    /// The step of a subquery that names none, as Prometheus's default evaluation interval.
    package static let defaultSubqueryStep = PrometheusDuration(microseconds: 60_000_000)

    /// The value at an instant.
    ///
    /// Linear in the samples and their sources for all but sorting; a subquery repeats its part at every step. The result does
    /// not depend on the order of the series.
    ///
    /// - Parameters:
    ///   - time: The instant.
    ///   - series: For every member of ``selectors`` the series that it chooses, with the samples of ``spans(from:through:)``
    ///     and of the lookback before; no series occurs twice.
    ///   - bounds: The first and last of the instants that belong together, for `start()` and `end()`.
    ///   - subqueryStep: The step of subqueries that name none.
    /// - Returns: The value; each element with the samples that it rests on.
    /// - Throws: What Prometheus calls an execution error, such as ambiguous matching between vectors.
    package func evaluate(
        at time: Time, series: [[SelectedSeries]], bounds: (start: Time, end: Time)? = nil,
        subqueryStep: PrometheusDuration = defaultSubqueryStep
    ) throws(QueryError) -> Value {
        precondition(series.count == selectors.count, "Every selector of an expression needs its series.")
        let evaluator = Evaluator(
            time: time, bounds: bounds ?? (time, time), subqueryStep: subqueryStep, selectors: selectors, series: series
        )
        return try evaluator.value(of: root)
    }

    /// The value at an instant, of an expression without ranges, subqueries and `@`.
    ///
    /// - Parameters:
    ///   - time: The instant.
    ///   - samples: For every member of ``selectors`` the samples that it sees at the instant: lookback, staleness,
    ///     offset and matchers are applied by the caller, and no series occurs twice.
    /// - Returns: The value; each element with the samples that it rests on.
    /// - Throws: What Prometheus calls an execution error.
    package func evaluate(at time: Time, samples: [[Sample]]) throws(QueryError) -> Value {
        let series = zip(selectors, samples).map { selector, samples in
            samples.map { SelectedSeries($0, seenAt: time - selector.offset) }
        }
        return try evaluate(at: time, series: series)
    }
}

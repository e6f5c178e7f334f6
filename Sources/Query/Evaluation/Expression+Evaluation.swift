package import Monitoring

extension Expression {
    /// The value at an instant.
    ///
    /// Linear in the samples and their sources for all but sorting. The result does not depend on the order of the
    /// samples.
    ///
    /// - Parameters:
    ///   - time: The instant, for `time()`.
    ///   - samples: For every member of ``selectors`` the samples that it sees at the instant: lookback, staleness,
    ///     offset and matchers are applied by the caller, and no series occurs twice.
    /// - Returns: The value; each element with the samples that it rests on.
    /// - Throws: What Prometheus calls an execution error, such as ambiguous matching between vectors.
    package func evaluate(at time: Time, samples: [[Sample]]) throws(QueryError) -> Value {
        precondition(samples.count == selectors.count, "Every selector of an expression needs its samples.")
        return try Evaluator(time: time, selectors: selectors, samples: samples).value(of: root)
    }
}

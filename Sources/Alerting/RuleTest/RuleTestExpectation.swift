package import Monitoring
package import Query

/// What a rule test expects at one time.
package struct RuleTestExpectation: Sendable {
    /// The subject of an expectation.
    package enum Subject: Sendable {
        /// The firing alerts of a name: labels with `alertname`, and annotations.
        case alerts(name: String, [(labels: Labels, annotations: [Label])])
        /// The value of an expression.
        case samples(Expression, [Sample])
    }

    /// Since the start of the test.
    package let time: PrometheusDuration
    /// What is compared.
    package let subject: Subject
    /// Where it stands in the file.
    package let position: SourcePosition
}

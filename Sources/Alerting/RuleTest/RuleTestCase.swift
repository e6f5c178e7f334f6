package import Monitoring
package import Query

/// One test of a rule test file.
package struct RuleTestCase: Sendable {
    /// The name, empty where it has none.
    package let name: String
    /// The distance of the samples of the input.
    package let interval: PrometheusDuration
    /// The input.
    package let series: [RuleTestSeries]
    /// What is expected, alerts before expressions.
    package let expectations: [RuleTestExpectation]
    /// Labels of the installation, for templates.
    package let externalLabels: Labels
    /// Address of the installation, for templates.
    package let externalURL: String
    /// Where it stands in the file.
    package let position: SourcePosition

    /// The latest time at which anything is expected.
    var end: PrometheusDuration {
        expectations.map(\.time).max() ?? .zero
    }
}

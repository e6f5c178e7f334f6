package import Monitoring

/// A file of rule tests in promtool's format, read strictly.
package struct RuleTestFile: Sendable {
    /// How many evaluations a test may take.
    package static let evaluationLimit = 1_000_000

    /// The file as the caller named it.
    package let file: String
    /// The rule files that it tests, as written: names or patterns relative to the test file.
    package let ruleFiles: [String]
    /// The distance of evaluations.
    package let evaluationInterval: PrometheusDuration
    /// The names of groups in the order of evaluation, where that matters.
    package let groupOrder: [String]
    /// The tests.
    package let tests: [RuleTestCase]

    /// Reads a file, or reports every mistake in it with line and column.
    package init(file: String, text: String) throws(RuleFileError) {
        var reader = RuleTestReader(yaml: YAMLReader(file: file, text: text))
        let contents = reader.contents()
        try reader.yaml.finish()
        self.file = file
        ruleFiles = contents.ruleFiles
        evaluationInterval = contents.evaluationInterval
        groupOrder = contents.groupOrder
        tests = contents.tests
    }
}

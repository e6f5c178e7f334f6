package import Query

/// What a rule test found wrong.
package struct RuleTestFailure: Hashable, Sendable, CustomStringConvertible {
    /// The test file.
    package let file: String
    /// Where the expectation, or the test, stands in the file.
    package let position: SourcePosition
    /// The name of the test, empty where it has none.
    package let test: String
    /// What was expected and what came, several lines.
    package let message: String

    /// `file:line:column: test: message`.
    package var description: String {
        "\(file):\(position): \(test.isEmpty ? "" : "\(test): ")\(message)"
    }
}

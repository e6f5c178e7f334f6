package import Query

/// A condition on one label in Alertmanager's notation: `severity=~"page|ticket"`, quotes optional.
package struct Matcher: Hashable, Sendable, CustomStringConvertible {
    /// The condition itself; a label that is not there has the empty value, regular expressions are anchored.
    package let condition: LabelMatcher

    /// A matcher of known parts.
    package init(_ condition: LabelMatcher) {
        self.condition = condition
    }

    /// Reads one matcher such as `alertname="FeatureDrift"`; the error says where it went wrong.
    package init(_ text: String) throws(QueryError) {
        var reader = MatcherReader(text)
        self.init(try reader.matcher())
        try reader.end()
    }

    /// Reads several, separated by commas, with or without braces around them.
    package static func list(_ text: String) throws(QueryError) -> [Matcher] {
        var reader = MatcherReader(text)
        return try reader.list().map(Matcher.init)
    }

    /// The label's name.
    package var name: String { condition.name }
    /// How the label is compared.
    package var operation: MatchOperator { condition.operation }
    /// What it is compared with.
    package var value: String { condition.value }

    /// Whether a label set fulfils the condition.
    package func matches(_ labels: Labels) -> Bool {
        condition.matches(labels)
    }

    /// `name="value"`, as Alertmanager prints it.
    package var description: String { condition.description }
}

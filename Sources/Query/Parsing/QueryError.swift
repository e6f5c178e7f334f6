/// A mistake in a text of the rule language (expression, matcher, template, YAML), or a failure to evaluate it, with
/// its place.
package struct QueryError: Error, Hashable, Sendable, CustomStringConvertible {
    /// Where in the text.
    package let position: SourcePosition
    /// What is wrong, and what to write instead where that is known.
    package let message: String

    /// A mistake at a place.
    package init(_ message: String, at position: SourcePosition) {
        self.position = position
        self.message = message
    }

    /// `line:column: message`.
    package var description: String { "\(position): \(message)" }
}

/// A place in a text: line and column, both counted from 1.
///
/// Columns count Unicode scalars, as YAML's marks do.
package struct SourcePosition: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// The line, from 1.
    package let line: Int
    /// The Unicode scalar within the line, from 1.
    package let column: Int

    /// A place by line and column, both from 1.
    package init(line: Int, column: Int) {
        self.line = line
        self.column = column
    }

    /// The first character of a text.
    package static let start = Self(line: 1, column: 1)

    package static func < (left: Self, right: Self) -> Bool {
        (left.line, left.column) < (right.line, right.column)
    }

    /// `line:column`.
    package var description: String { "\(line):\(column)" }
}

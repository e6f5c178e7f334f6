package import Query

/// Everything that is wrong with a file that a person wrote, each mistake with its place.
package struct RuleFileError: Error, Hashable, Sendable, CustomStringConvertible {
    /// One mistake in one file.
    package struct Diagnostic: Hashable, Comparable, Sendable, CustomStringConvertible {
        /// The file as the caller named it.
        package let file: String
        /// Line and column in the file, from 1.
        package let position: SourcePosition
        /// What is wrong, and what to write instead where that is known.
        package let message: String
        /// What kind of warning it is; nil for mistakes.
        package let lint: RuleLint?

        /// A mistake, or a warning, at a place of a file.
        package init(file: String, position: SourcePosition, message: String, lint: RuleLint? = nil) {
            self.file = file
            self.position = position
            self.message = message
            self.lint = lint
        }

        /// A mistake, or a warning, at a line and column, both from 1.
        package init(file: String, line: Int, column: Int, message: String, lint: RuleLint? = nil) {
            self.init(
                file: file, position: SourcePosition(line: line, column: column), message: message, lint: lint)
        }

        /// The line in the file, from 1.
        package var line: Int { position.line }
        /// The Unicode scalar within the line, from 1.
        package var column: Int { position.column }

        package static func < (left: Self, right: Self) -> Bool {
            left.file == right.file ? left.position < right.position : left.file < right.file
        }

        /// `file:line:column: message`.
        package var description: String { "\(file):\(position): \(message)" }
    }

    /// The mistakes in the order of their places; never empty.
    package let diagnostics: [Diagnostic]

    /// These mistakes, put in order.
    package init(_ diagnostics: [Diagnostic]) {
        self.diagnostics = diagnostics.sorted()
    }

    /// One mistake a line.
    package var description: String {
        diagnostics.map(\.description).joined(separator: "\n")
    }
}

/// A regular expression that is malformed, too large, or uses what is not supported.
package struct RegularExpressionError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What is wrong with it.
    package let message: String

    init(_ message: String) {
        self.message = message
    }

    /// The message.
    package var description: String { message }
}

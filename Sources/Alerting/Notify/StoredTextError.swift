/// A kept text that is not one of ours: changed by hand, or written by another version.
package struct StoredTextError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What is wrong, without any of the text.
    package var description: String { "a stored group of alerts cannot be read; was it written by another version?" }
}

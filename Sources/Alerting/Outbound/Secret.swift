/// A text that proves who we are and is never printed.
///
/// Neither string interpolation nor `dump` nor a debugger's description shows it; only `revealed` hands it out.
package struct Secret: Hashable, Sendable {
    /// The text itself, for signing and sending only.
    package let revealed: String

    /// Keeps a text from being printed.
    package init(_ text: String) {
        revealed = text
    }
}

extension Secret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// `<secret>`, whatever the text is.
    package var description: String { "<secret>" }

    /// `<secret>`, whatever the text is.
    package var debugDescription: String { "<secret>" }

    /// A mirror without children, so that `dump` shows nothing.
    package var customMirror: Mirror { Mirror(self, children: []) }
}

/// Texts of one's own for messages; each that is nil is ours.
package struct MessageTexts: Hashable, Sendable {
    /// The line above a message, the subject of an e-mail.
    package let title: Template?
    /// The message itself.
    package let text: Template?

    /// The texts that differ from ours.
    package init(title: Template? = nil, text: Template? = nil) {
        self.title = title
        self.text = text
    }
}

/// Why a command ends without having done its work: one line that says what to change.
struct CommandFailure: Error, CustomStringConvertible {
    /// The line, without a newline.
    let description: String

    /// A failure with its line.
    init(_ description: String) {
        self.description = description
    }
}

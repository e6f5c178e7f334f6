/// Everything that is wrong with the settings, at once.
package struct SettingsError: Error, CustomStringConvertible, Equatable {
    /// One sentence per mistake.
    package let mistakes: [String]

    package var description: String {
        "the settings cannot be used:\n" + mistakes.map { "  \($0)" }.joined(separator: "\n")
    }
}

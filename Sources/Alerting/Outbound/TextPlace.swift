/// Where a text lies that the settings only name.
package enum TextPlace: Hashable, Sendable, CustomStringConvertible {
    /// The path of a file.
    case file(String)
    /// The name of a variable of the process's environment.
    case variable(String)

    /// What to call the place in a message.
    package var description: String {
        switch self {
        case .file(let path): "the file \(path)"
        case .variable(let name): "the environment variable \(name)"
        }
    }
}
